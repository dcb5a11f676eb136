package fr.pennylanesync.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.archive.FileNames;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.SharedRowMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StorableText;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes a change into all that stands of one stream of a company: rows, replaced versions, quarantine, files' names.
 * Each part of them is one transaction, that of rows and versions with the entry of the ledger that seals it.
 */
final class StreamRewrite {

    private static final int AT_ONCE = 5_000;
    /** A text that was set aside may be long. */
    private static final int SET_ASIDE_AT_ONCE = 200;

    /**
     * A row or a version that stands here.
     *
     * @param until the batch that replaced it; 0: none did
     */
    private record Stored(long parentId, long id, long until, boolean fromShare, String payload, byte[] hash) {}

    /** Holds what is to stand there. */
    private record Changed(Stored before, StreamRecord after) {}

    /** Says where a part ends. */
    private record Place(long parentId, long id, long until) {

        static final Place START = new Place(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private final Warehouse warehouse;
    private final JdbcClient jdbc;
    private final long company;
    private final StreamDefinition stream;
    private final Change change;
    private final String parent;

    StreamRewrite(Warehouse warehouse, long company, StreamDefinition stream, Change change) {
        this.warehouse = warehouse;
        this.jdbc = warehouse.jdbc();
        this.company = company;
        this.stream = stream;
        this.change = change;
        this.parent = stream.parentColumn().map(column -> "t." + StreamTables.quoted(column)).orElse("0::bigint");
    }

    Rewritten run() {
        Rewritten all = Rewritten.NOTHING;
        for (Place after = Place.START; after != null;) {
            Place from = after;
            List<Stored> part = new ArrayList<>();
            all = all.plus(warehouse.transaction(() -> rows(from, part)));
            after = last(part);
        }
        for (Place after = Place.START; after != null;) {
            Place from = after;
            List<Stored> part = new ArrayList<>();
            all = all.plus(warehouse.transaction(() -> versions(from, part)));
            after = last(part);
        }
        return all.plus(new Rewritten(0, 0,
                inParts(SET_ASIDE_AT_ONCE, this::setAside, Raw::id, this::rewrite),
                inParts(AT_ONCE, this::files, Named::id, this::rename)));
    }

    /** Finds what stands behind an id. */
    private interface Finding<T> {
        List<T> behind(long id, int atMost);
    }

    /** @return how many were changed */
    private <T> long inParts(int atOnce, Finding<T> finding, ToLongFunction<T> id, Predicate<T> change) {
        long changed = 0;
        for (long last = Long.MIN_VALUE, found = atOnce; found == atOnce;) {
            long after = last;
            List<T> part = new ArrayList<>();
            changed += warehouse.transaction(() -> {
                part.addAll(finding.behind(after, atOnce));
                return part.stream().filter(change).count();
            });
            found = part.size();
            last = part.isEmpty() ? last : id.applyAsLong(part.get(part.size() - 1));
        }
        return changed;
    }

    private static Place last(List<Stored> part) {
        if (part.size() < AT_ONCE) {
            return null;
        }
        Stored last = part.get(part.size() - 1);
        return new Place(last.parentId(), last.id(), last.until());
    }

    private Rewritten rows(Place from, List<Stored> part) {
        lock();
        part.addAll(jdbc.sql("select " + parent + ", t.id, 0, t.source, t.payload::text, t.record_hash from "
                + StreamTables.table(stream) + " t where t.company_id = ? and " + change.mayConcern(parent)
                + " and (" + parent + ", t.id) > (?, ?) order by 1, 2 limit " + AT_ONCE)
                .params(company, from.parentId(), from.id()).query(StreamRewrite::stored).list());
        List<Changed> changed = changed(part);
        if (!changed.isEmpty()) {
            write(changed);
            seal(changed, List.of());
        }
        return new Rewritten(changed.size(), 0, 0, 0);
    }

    private Rewritten versions(Place from, List<Stored> part) {
        lock();
        part.addAll(jdbc.sql("select t.parent_id, t.id, t.replaced_by_batch_id, t.source, t.payload::text,"
                + " t.record_hash from pennylane_sync.record_version t where t.company_id = ? and t.stream = ? and "
                + change.mayConcern("t.parent_id") + " and (t.parent_id, t.id, t.replaced_by_batch_id) > (?, ?, ?)"
                + " order by 1, 2, 3 limit " + AT_ONCE)
                .params(company, stream.name(), from.parentId(), from.id(), from.until())
                .query(StreamRewrite::stored).list());
        List<Changed> changed = changed(part);
        if (!changed.isEmpty()) {
            seal(List.of(), changed);
        }
        return new Rewritten(0, changed.size(), 0, 0);
    }

    /** Nothing of the stream lands meanwhile. */
    private void lock() {
        jdbc.sql("select 1 from pennylane_sync.stream_state where company_id = ? and stream = ? for update")
                .params(company, stream.name()).query(Integer.class).optional();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(row.getLong(1), row.getLong(2), row.getLong(3),
                Source.of(row.getString(4)) == Source.SHARE, row.getString(5), row.getBytes(6));
    }

    private List<Changed> changed(List<Stored> part) {
        List<Changed> changed = new ArrayList<>();
        for (Stored stored : part) {
            ObjectNode payload = (ObjectNode) StorableJson.read(stored.payload());
            change.apply(stored.parentId(), stored.id(), stored.fromShare(), payload);
            if (!RecordMapper.hash(payload).equals(Sha256.stored(stored.hash()))) {
                changed.add(new Changed(stored, stored.fromShare()
                        ? SharedRowMapper.again(stream, stored.id(), payload)
                        : RecordMapper.again(stream, stored.parentId(), stored.id(), payload, List.of())));
            }
        }
        return changed;
    }

    private void write(List<Changed> changed) {
        int columns = stream.columns().size();
        String names = IntStream.range(0, columns).mapToObj(i -> ", c" + i).collect(Collectors.joining());
        String arrays = IntStream.range(0, columns).mapToObj(i -> ", :c" + i + "::text[]")
                .collect(Collectors.joining());
        String sets = IntStream.range(0, columns).mapToObj(i -> ", " + StreamTables.quoted(stream.columns().get(i)
                .name()) + " = u.c" + i + "::" + stream.columns().get(i).type().sql()).collect(Collectors.joining());
        JdbcClient.StatementSpec statement = jdbc.sql("update " + StreamTables.table(stream)
                + " t set payload = u.payload::jsonb, record_hash = u.hash" + sets
                + " from unnest(:parents::bigint[], :ids::bigint[], :payloads::text[], :hashes::bytea[]" + arrays
                + ") u(parent, id, payload, hash" + names + ") where t.company_id = :company and t.id = u.id and "
                + parent + " = u.parent")
                .param("company", company).param("parents", longs(changed, 0)).param("ids", longs(changed, 1))
                .param("payloads", payloads(changed)).param("hashes", hashes(changed));
        for (int i = 0; i < columns; i++) {
            int column = i;
            statement = statement.param("c" + i,
                    changed.stream().map(one -> one.after().values().get(column)).toArray(String[]::new));
        }
        statement.update();
    }

    private void seal(List<Changed> rows, List<Changed> versions) {
        jdbc.sql("select pennylane_sync.rewrite(?, ?, ?, ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
                + " ?::bigint[], ?::text[], ?::bytea[])")
                .params(company, stream.name(), change.rule(), longs(rows, 0), longs(rows, 1), longs(versions, 0),
                        longs(versions, 1),
                        versions.stream().map(one -> one.before().until()).toArray(Long[]::new), payloads(versions),
                        hashes(versions))
                .query(Long.class).single();
    }

    private static Long[] longs(List<Changed> changed, int which) {
        return changed.stream().map(one -> which == 0 ? one.before().parentId() : one.before().id())
                .toArray(Long[]::new);
    }

    private static String[] payloads(List<Changed> changed) {
        return changed.stream().map(one -> one.after().payload().toString()).toArray(String[]::new);
    }

    private static byte[][] hashes(List<Changed> changed) {
        return changed.stream().map(one -> one.after().hash().bytes()).toArray(byte[][]::new);
    }

    private record Raw(long id, long parentId, String subject, String text) {}

    private List<Raw> setAside(long after, int atMost) {
        return jdbc.sql("select id, parent_id, subject, raw from pennylane_sync.quarantine"
                + " where company_id = ? and stream = ? and raw is not null and id > ? order by id limit ?")
                .params(company, stream.name(), after, atMost)
                .query((row, n) -> new Raw(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4))).list();
    }

    private boolean rewrite(Raw entry) {
        String left = change.raw(entry.parentId(), entry.subject(), entry.text());
        return !left.equals(entry.text()) && jdbc.sql("update pennylane_sync.quarantine set raw = ? where id = ?")
                .params(left, entry.id()).update() > 0;
    }

    private record Named(long id, long parentId, long recordId, String field, String name) {}

    private List<Named> files(long after, int atMost) {
        return jdbc.sql("select id, parent_id, record_id, field, file_name from pennylane_sync.file"
                + " where company_id = ? and stream = ? and file_name is not null and " + change.mayConcernFile()
                + " and id > ? order by id limit ?")
                .params(company, stream.name(), after, atMost).query((row, n) -> new Named(row.getLong(1),
                        row.getLong(2), row.getLong(3), row.getString(4), StorableText.decode(row.getString(5))))
                .list();
    }

    private boolean rename(Named file) {
        Optional<String> left = change.fileName(file.parentId(), file.recordId(), file.field(), file.name());
        if (left.filter(file.name()::equals).isPresent()) {
            return false;
        }
        new FileNames(jdbc).rename(file.id(), left.map(StorableText::encode));
        return true;
    }
}
