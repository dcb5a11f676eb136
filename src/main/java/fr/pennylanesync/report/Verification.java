package fr.pennylanesync.report;

import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Recomputes every hash from what the warehouse holds: each row's from its payload, each batch's from the versions of
 * the rows as they were when it landed, and the chain of the batches. An edit of a row, of a replaced version or of the
 * ledger shows.
 */
public final class Verification {

    private static final int DIFFERENCES_MAX = 1000;

    /** @param differences what does not match, at most a thousand; ids and places only */
    public record VerificationResult(long rows, long batches, List<String> differences) {}

    private record VerifiedKey(long parentId, long id) {}

    private record BatchEntry(long id, String pass, long[] parents, long[] ids, long[] deletedParents, long[] deleted,
            Sha256 hash, Sha256 chain) {}

    private final Warehouse warehouse;
    private final JdbcClient jdbc;
    private final StreamStates states;
    private final StreamCatalog catalog;
    private final List<String> differences = new ArrayList<>();
    private long rows;
    private long batches;

    public Verification(Warehouse warehouse, StreamStates states, StreamCatalog catalog) {
        this.warehouse = warehouse;
        this.jdbc = warehouse.jdbc();
        this.states = states;
        this.catalog = catalog;
    }

    /** Everything of every company. */
    public VerificationResult verify() {
        List<Long> companies = jdbc.sql("select id from pennylane_sync.company order by id").query(Long.class).list();
        return verify(companies, catalog.all());
    }

    public VerificationResult verify(Collection<Long> companies, Collection<StreamDefinition> streams) {
        List<StreamDefinition> all = states.withApart(streams);
        for (long company : companies) {
            all.forEach(stream -> verify(company, stream));
        }
        return new VerificationResult(rows, batches, List.copyOf(differences));
    }

    private void verify(long company, StreamDefinition stream) {
        verifyRows(company, stream);
        verifyChain(company, stream);
    }

    private void verifyRows(long company, StreamDefinition stream) {
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint");
        warehouse.each("select " + parent + " as parent, id, payload::text, record_hash, 'row' from "
                + StreamTables.table(stream)
                + " where company_id = ? union all select parent_id, id, payload::text, record_hash, 'version' from"
                + " pennylane_sync.record_version where company_id = ? and stream = ?",
                List.of(company, company, stream.name()), row -> {
                    rows++;
                    if (!RecordMapper.hash(StorableJson.read(row.getString(3)))
                            .equals(Sha256.stored(row.getBytes(4)))) {
                        differ(company, stream, row.getString(5) + " " + row.getLong(1) + "/" + row.getLong(2)
                                + ": the payload does not match its record hash");
                    }
                });
    }

    private void verifyChain(long company, StreamDefinition stream) {
        Sha256 head = Sha256.ZERO;
        for (long id : jdbc
                .sql("select id from pennylane_sync.batch where company_id = ? and stream = ? order by chain_position")
                .params(company, stream.name()).query(Long.class).list()) {
            BatchEntry entry = entry(id);
            batches++;
            if (!recompute(company, stream, entry).filter(entry.hash()::equals).isPresent()) {
                differ(company, stream, "batch " + id + ": the rows do not match its batch hash");
            }
            head = head.chain(entry.hash());
            if (!head.equals(entry.chain())) {
                differ(company, stream, "batch " + id + ": the chain is broken");
                head = entry.chain();
            }
        }
        verifyHead(company, stream, head);
    }

    /**
     * The newest chain hash also stands with the stream, and every row names a batch: a ledger that lost its end shows.
     */
    private void verifyHead(long company, StreamDefinition stream, Sha256 head) {
        Sha256 noted = jdbc.sql(
                "select chain_head from pennylane_sync.stream_state where company_id = ? and stream = ? "
                        + "and chain_head is not null")
                .params(company, stream.name()).query((row, n) -> Sha256.stored(row.getBytes(1))).optional()
                .orElse(Sha256.ZERO);
        if (!noted.equals(head)) {
            differ(company, stream, "the ledger does not end where the stream's chain does: batches are missing");
        }
        long orphans = jdbc.sql("select count(*) from " + StreamTables.table(stream)
                + " t where t.company_id = ? and not exists"
                + " (select 1 from pennylane_sync.batch b where b.id = t.batch_id and b.company_id = t.company_id "
                + "and b.stream = ?)")
                .params(company, stream.name()).query(Long.class).single();
        if (orphans > 0) {
            differ(company, stream, orphans + " rows name a batch that is not in the ledger");
        }
    }

    private BatchEntry entry(long id) {
        return jdbc.sql("""
                select id, pass, parent_ids, record_ids, deleted_parent_ids, deleted_ids, batch_hash, chain_hash
                from pennylane_sync.batch where id = ?""").param(id)
                .query((row, n) -> new BatchEntry(row.getLong(1), row.getString(2), longs(row.getArray(3)),
                        longs(row.getArray(4)),
                        longs(row.getArray(5)), longs(row.getArray(6)), Sha256.stored(row.getBytes(7)),
                        Sha256.stored(row.getBytes(8))))
                .single();
    }

    private static long[] longs(java.sql.Array array) throws java.sql.SQLException {
        if (array == null) {
            return new long[0];
        }
        Long[] values = (Long[]) array.getArray();
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = values[i];
        }
        return longs;
    }

    /** @return empty if a version that the batch held is not there any more */
    private Optional<Sha256> recompute(long company, StreamDefinition stream, BatchEntry entry) {
        Map<VerifiedKey, Sha256> versions = versions(company, stream, entry);
        BatchHash hash = BatchHash.begin(company, stream.name(), entry.pass());
        for (int i = 0; i < entry.ids().length; i++) {
            long parent = entry.parents().length == 0 ? 0 : entry.parents()[i];
            Sha256 version = versions.get(new VerifiedKey(parent, entry.ids()[i]));
            if (version == null) {
                return Optional.empty();
            }
            hash.add(parent, entry.ids()[i], version);
        }
        for (int i = 0; i < entry.deleted().length; i++) {
            hash.add(entry.deletedParents().length == 0 ? 0 : entry.deletedParents()[i], entry.deleted()[i],
                    Sha256.ZERO);
        }
        return Optional.of(hash.finish());
    }

    /** The record hashes as they were when the batch had landed. */
    private Map<VerifiedKey, Sha256> versions(long company, StreamDefinition stream, BatchEntry entry) {
        Map<VerifiedKey, Sha256> versions = new HashMap<>();
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint");
        jdbc.sql("select " + parent + " as parent, id, record_hash from " + StreamTables.table(stream)
                + " where company_id = :company and id = any(:ids::bigint[]) and batch_id <= :batch"
                + " union all select parent_id, id, record_hash from pennylane_sync.record_version "
                + "where company_id = :company"
                + " and stream = :stream and id = any(:ids::bigint[]) and batch_id <= :batch and replaced_by_batch_id "
                + "> :batch")
                .param("company", company).param("stream", stream.name()).param("batch", entry.id())
                .param("ids", java.util.Arrays.stream(entry.ids()).boxed().toArray(Long[]::new))
                .query(row -> {
                    versions.put(new VerifiedKey(row.getLong(1), row.getLong(2)), Sha256.stored(row.getBytes(3)));
                });
        return versions;
    }

    private void differ(long company, StreamDefinition stream, String what) {
        if (differences.size() < DIFFERENCES_MAX) {
            differences.add("company " + company + " " + stream.name() + " " + what);
        }
    }
}
