package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.ChainEntry;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.batch}: what was read, when, and the chain of hashes that proves it. */
final class BatchLedger {

    private final JdbcClient jdbc;

    BatchLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the stream for this transaction: batches of one stream are chained one after the other. */
    void lock(long companyId, String stream) {
        if (isLocked(companyId, stream)) {
            return;
        }
        jdbc.sql(
                "insert into pennylane_sync.stream_state (company_id, stream, state) values (?, ?, 'NEW') on conflict "
                        + "do nothing")
                .params(companyId, stream).update();
        if (!isLocked(companyId, stream)) {
            throw new IllegalStateException("a stream that was just noted is not there");
        }
    }

    private boolean isLocked(long companyId, String stream) {
        return jdbc.sql("select 1 from pennylane_sync.stream_state where company_id = ? and stream = ? for update")
                .params(companyId, stream).query(Integer.class).optional().isPresent();
    }

    /** Returns a number for a batch that is to be landed; none where the ledger lists it already. */
    OptionalLong claim(BatchKey key) {
        return jdbc.sql("""
                select nextval(pg_get_serial_sequence('pennylane_sync.batch', 'id')) where not exists (
                    select 1 from pennylane_sync.batch where company_id = ? and stream = ? and pass = ? and run = ?
                        and batch_key = ?)""")
                .params(key.companyId(), key.stream(), key.pass(), key.run(), key.position())
                .query(Long.class).optional().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    long nextId() {
        return jdbc.sql("select nextval(pg_get_serial_sequence('pennylane_sync.batch', 'id'))").query(Long.class)
                .single();
    }

    boolean contains(BatchKey key) {
        return jdbc.sql(
                "select 1 from pennylane_sync.batch where company_id = ? and stream = ? and pass = ? and run = ? "
                        + "and batch_key = ?")
                .params(key.companyId(), key.stream(), key.pass(), key.run(), key.position())
                .query(Integer.class).optional().isPresent();
    }

    /**
     * Appends a batch to the chain of its stream.
     *
     * @param chainPosition of {@link #nextId}, taken with the stream: where the batch stands in the stream's chain
     * @throws SyncException CHAIN_BROKEN if the ledger does not end where the stream's chain does: what is appended to
     * a ledger that lost its end would hide the loss
     */
    void append(long id, long chainPosition, WrittenRows rows, int requestsUsed) {
        StreamDefinition stream = rows.stream();
        Checkpoint from = rows.from();
        List<StreamRecord> records = rows.records();
        List<RowWriter.Written> deleted = rows.deleted();
        ChainEnd end = end(from.companyId(), stream.name());
        ChainEntry entry = new ChainEntry(from.companyId(), stream.name(), end.number() + 1, from.pass().label(),
                from.run(), from.position().batchKey(), records.stream().mapToLong(StreamRecord::id).min(),
                records.stream().mapToLong(StreamRecord::id).max(), records.size(), rows.changed().size(), requestsUsed,
                end.nowMicros(), rows.readHash());
        Sha256 chain = end.head().chain(entry.hash());
        jdbc.sql("""
                with headed as (
                    update pennylane_sync.stream_state set chain_head = :chain
                    where company_id = :company and stream = :stream)
                insert into pennylane_sync.batch (id, chain_position, company_id, stream, number, hash_version, pass,
                    run, batch_key, first_id, last_id, record_count, changed_count, parent_ids, record_ids,
                    deleted_parent_ids, deleted_ids, batch_hash, chain_hash, requests_used)
                overriding system value
                values (:id, :position, :company, :stream, :number, :version, :pass, :run, :key, :first, :last, :count,
                    :changed, :parents::bigint[], :ids::bigint[], :deletedParents::bigint[], :deleted::bigint[], :hash,
                    :chain, :requests)""")
                .param("id", id).param("position", chainPosition).param("company", entry.companyId())
                .param("stream", entry.stream()).param("number", entry.number())
                .param("version", ChainEntry.VERSION).param("pass", entry.pass())
                .param("run", entry.run()).param("key", entry.key())
                .param("first", orNull(entry.first())).param("last", orNull(entry.last()))
                .param("count", entry.records()).param("changed", entry.changed())
                .param("parents",
                        stream.isChild() ? records.stream().map(StreamRecord::parentId).toArray(Long[]::new) : null)
                .param("ids", records.stream().map(StreamRecord::id).toArray(Long[]::new))
                .param("deletedParents",
                        stream.isChild() ? deleted.stream().map(RowWriter.Written::parentId).toArray(Long[]::new)
                                : null)
                .param("deleted", deleted.stream().map(RowWriter.Written::id).toArray(Long[]::new))
                .param("hash", rows.readHash().bytes()).param("chain", chain.bytes())
                .param("requests", requestsUsed)
                .update();
    }

    private static Long orNull(OptionalLong id) {
        return id.isPresent() ? id.getAsLong() : null;
    }

    /**
     * Holds where a stream's chain ends.
     *
     * @param number of the newest batch; 0 where there is none
     * @param nowMicros when this transaction began, as the batch's {@code landed_at} will say
     */
    private record ChainEnd(long number, Sha256 head, long nowMicros) {}

    private ChainEnd end(long companyId, String stream) {
        return jdbc.sql("""
                select coalesce(b.number, 0), b.chain_hash, s.chain_head,
                    (extract(epoch from now()) * 1000000)::bigint
                from pennylane_sync.stream_state s left join lateral (
                    select number, chain_hash from pennylane_sync.batch
                    where company_id = s.company_id and stream = s.stream order by chain_position desc limit 1) b
                    on true
                where s.company_id = ? and s.stream = ?""")
                .params(companyId, stream).query((row, n) -> {
                    Sha256 head = hash(row.getBytes(2));
                    if (!head.equals(hash(row.getBytes(3)))) {
                        throw new SyncException(LandingErrorCode.CHAIN_BROKEN, stream + " of company " + companyId);
                    }
                    return new ChainEnd(row.getLong(1), head, row.getLong(4));
                }).single();
    }

    private static Sha256 hash(byte[] stored) {
        return stored == null ? Sha256.ZERO : Sha256.stored(stored);
    }
}
