package fr.pennylanesync.verification;

import fr.pennylanesync.hash.Rewrite;
import fr.pennylanesync.hash.Rewrite.RewrittenBatch;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds what the ledger of a stream says of personal data that left its rows and versions. */
final class Rewrites {

    private static final String UNBOUND = """
            select 'rewrite ' || r.number || ': no entry of the ledger binds it' from pennylane_sync.rewrite r
            where r.company_id = :company and r.stream = :stream and not exists (
                select 1 from pennylane_sync.batch b where b.company_id = r.company_id and b.stream = r.stream
                and b.number = r.number and b.pass = 'privacy' and b.landed_at = r.rewritten_at)""";

    private final Map<Long, Sha256> hashes = new HashMap<>();
    private final Map<Long, Sha256> contents = new HashMap<>();

    private Rewrites() {}

    /** Reads them one by one, in their order: what was rewritten twice is as the later one left it. */
    static Rewrites read(SharedSnapshot snapshot, VerifiedStream part) {
        Rewrites rewrites = new Rewrites();
        snapshot.jdbc().sql("select number from pennylane_sync.rewrite where company_id = ? and stream = ? order by 1")
                .params(part.company(), part.stream().name()).query(Long.class).list()
                .forEach(number -> rewrites.add(rewrite(snapshot.jdbc(), part.company(), part.stream().name(),
                        number)));
        return rewrites;
    }

    private static Rewrite rewrite(JdbcClient jdbc, long company, String stream, long number) {
        List<RewrittenBatch> batches = new ArrayList<>();
        jdbc.sql("select u.number, u.content from pennylane_sync.rewrite r"
                + " cross join lateral unnest(r.batch_numbers, r.batch_contents) u(number, content)"
                + " where r.company_id = ? and r.stream = ? and r.number = ? order by 1")
                .params(company, stream, number)
                .query(row -> {
                    batches.add(new RewrittenBatch(row.getLong(1), Sha256.stored(row.getBytes(2))));
                });
        return jdbc.sql("select rule, rows, versions from pennylane_sync.rewrite"
                + " where company_id = ? and stream = ? and number = ?").params(company, stream, number)
                .query((row, n) -> new Rewrite(company, stream, number, row.getString(1), row.getLong(2),
                        row.getLong(3), batches))
                .single();
    }

    private void add(Rewrite rewrite) {
        hashes.put(rewrite.number(), rewrite.hash());
        rewrite.batches().forEach(batch -> contents.put(batch.number(), batch.content()));
    }

    /** Returns the hash of what the entry of this number binds. */
    Optional<Sha256> hash(long number) {
        return Optional.ofNullable(hashes.get(number));
    }

    /** Returns the batch hash of a batch over what stands here: its own, unless something of it was rewritten. */
    Sha256 content(long number, Sha256 own) {
        return contents.getOrDefault(number, own);
    }

    /** Finds what no entry of the ledger binds. */
    static void findUnbound(SharedSnapshot snapshot, VerifiedStream part, Differences differences) {
        snapshot.each(part.bound(UNBOUND), row -> differences.add(row.getString(1)));
    }
}
