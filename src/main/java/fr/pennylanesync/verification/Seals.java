package fr.pennylanesync.verification;

import fr.pennylanesync.hash.Seal;
import fr.pennylanesync.hash.Seal.SealedBatch;
import fr.pennylanesync.hash.SealedEntries;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the seals of a stream, as far as its ledger is held against them. */
final class Seals {

    private final SealedEntries entries = new SealedEntries();
    private final Map<Long, Sha256> hashes = new HashMap<>();

    private Seals() {}

    /** Reads them one by one: a seal may hold thousands of batches. */
    static Seals read(SharedSnapshot snapshot, VerifiedStream part) {
        Seals seals = new Seals();
        snapshot.jdbc().sql("select number from pennylane_sync.seal where company_id = ? and stream = ? order by 1")
                .params(part.company(), part.stream().name()).query(Long.class).list()
                .forEach(number -> seals.add(seal(snapshot.jdbc(), part.company(), part.stream().name(), number)));
        return seals;
    }

    private static Seal seal(JdbcClient jdbc, long company, String stream, long number) {
        List<SealedBatch> batches = new ArrayList<>();
        jdbc.sql("select u.number, u.id, " + micros("u.at") + ", u.entry"
                + " from pennylane_sync.seal s cross join lateral unnest(s.batch_numbers, s.batch_ids,"
                + " s.batch_landed_at, s.batch_entries) u(number, id, at, entry)"
                + " where s.company_id = ? and s.stream = ? and s.number = ? order by 1")
                .params(company, stream, number).query(row -> {
                    batches.add(new SealedBatch(row.getLong(1), row.getLong(2), row.getLong(3),
                            Sha256.stored(row.getBytes(4))));
                });
        return jdbc.sql("select " + micros("versions_before") + ", versions, versions_hash, "
                + micros("batches_before") + ", records from pennylane_sync.seal"
                + " where company_id = ? and stream = ? and number = ?").params(company, stream, number)
                .query((row, n) -> new Seal(company, stream, number, micros(row, 1), row.getLong(2),
                        Sha256.stored(row.getBytes(3)), micros(row, 4), row.getLong(5), batches))
                .single();
    }

    private static String micros(String column) {
        return "(extract(epoch from " + column + ") * 1000000)::bigint";
    }

    private static OptionalLong micros(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    private void add(Seal seal) {
        hashes.put(seal.number(), seal.hash());
        seal.batches().forEach(batch -> entries.add(batch.number(), batch.entry()));
    }

    /** Returns the hash of the seal that the entry of this number binds. */
    Optional<Sha256> hash(long number) {
        return Optional.ofNullable(hashes.get(number));
    }

    boolean isSealed(long number) {
        return entries.contains(number);
    }

    /** Returns the chain hash behind the batch of this number, where it was sealed. */
    Optional<Sha256> next(long number, Sha256 before) {
        return entries.next(number, before);
    }
}
