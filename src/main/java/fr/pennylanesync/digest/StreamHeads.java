package fr.pennylanesync.digest;

import fr.pennylanesync.digest.StreamHead.Thinned;
import fr.pennylanesync.hash.Sha256;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads where the chains of every company and stream end now, and how many rows each has. */
final class StreamHeads {

    /** Names a company's stream. */
    record Place(long company, String stream) {}

    private final JdbcClient jdbc;

    StreamHeads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns those of streams that have a batch or a file, in the order of companies and names. */
    List<StreamHead> read() {
        Map<Place, Long> versions = new HashMap<>();
        jdbc.sql("select company_id, stream, count(*) from pennylane_sync.record_version group by 1, 2").query(
                row -> {
                    versions.put(new Place(row.getLong(1), row.getString(2)), row.getLong(3));
                });
        Map<Place, Thinned> thinned = thinned();
        Map<String, Map<Long, Long>> rows = new HashMap<>();
        List<StreamHead> heads = new ArrayList<>();
        jdbc.sql("""
                select p.company_id, p.stream, coalesce(b.number, 0), b.chain_hash, coalesce(f.number, 0), f.chain_head
                from (select company_id, stream from pennylane_sync.stream_state
                    union select company_id, stream from pennylane_sync.file_chain) p
                left join lateral (select number, chain_hash from pennylane_sync.batch
                    where company_id = p.company_id and stream = p.stream order by number desc limit 1) b on true
                left join pennylane_sync.file_chain f on f.company_id = p.company_id and f.stream = p.stream
                where b.number is not null or f.number is not null
                order by p.company_id, p.stream collate "C\"""").query(row -> {
            Place place = new Place(row.getLong(1), row.getString(2));
            Optional<Thinned> gone = Optional.ofNullable(thinned.get(place));
            heads.add(new StreamHead(place.company(), place.stream(), row.getLong(3), hash(row.getBytes(4)),
                    rows.computeIfAbsent(place.stream(), this::rows).getOrDefault(place.company(), 0L),
                    versions.getOrDefault(place, 0L) + (gone.isPresent() ? gone.get().versions() : 0L), row.getLong(5),
                    hash(row.getBytes(6)), gone));
        });
        return heads;
    }

    private Map<Place, Thinned> thinned() {
        Map<Place, Thinned> thinned = new HashMap<>();
        jdbc.sql("select company_id, stream, sum(cardinality(batch_numbers)), max(batches_before), sum(versions),"
                + " max(versions_before) from pennylane_sync.seal group by 1, 2").query(row -> {
                    thinned.put(new Place(row.getLong(1), row.getString(2)), new Thinned(row.getLong(3),
                            instant(row.getTimestamp(4)), row.getLong(5), instant(row.getTimestamp(6))));
                });
        return thinned;
    }

    private static Optional<Instant> instant(Timestamp stored) {
        return Optional.ofNullable(stored).map(Timestamp::toInstant);
    }

    private static Sha256 hash(byte[] stored) {
        return stored == null ? Sha256.ZERO : Sha256.stored(stored);
    }

    /** Counts the rows of a stream's table by company; a stream whose table is gone has none. */
    Map<Long, Long> rows(String stream) {
        Map<Long, Long> rows = new HashMap<>();
        String table = "pennylane.\"" + stream.replace("\"", "\"\"") + "\"";
        if (jdbc.sql("select to_regclass(?) is not null").param(table).query(Boolean.class).single()) {
            jdbc.sql("select company_id, count(*) from " + table + " group by 1").query(row -> {
                rows.put(row.getLong(1), row.getLong(2));
            });
        }
        return rows;
    }
}
