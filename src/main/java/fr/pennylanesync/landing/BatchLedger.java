package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.batch}: what was read, when, and the chain of hashes that proves it. */
final class BatchLedger {

    private final JdbcClient jdbc;

    BatchLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the stream for this transaction: batches of one stream are chained one after the other. */
    void lock(long companyId, String stream) {
        jdbc.sql(
                "insert into pennylane_sync.stream_state (company_id, stream, state) values (?, ?, 'NEW') on conflict "
                        + "do nothing")
                .params(companyId, stream).update();
        jdbc.sql("select 1 from pennylane_sync.stream_state where company_id = ? and stream = ? for update")
                .params(companyId, stream).query(Integer.class).single();
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

    /** @param chainPosition of {@link #nextId}, taken with the stream: where the batch stands in the stream's chain */
    void append(long id, long chainPosition, WrittenRows rows, int requestsUsed) {
        StreamDefinition stream = rows.stream();
        Checkpoint from = rows.from();
        List<StreamRecord> records = rows.records();
        List<RowWriter.Written> deleted = rows.deleted();
        Sha256 chain = head(from.companyId(), stream.name()).chain(rows.readHash());
        jdbc.sql("update pennylane_sync.stream_state set chain_head = ? where company_id = ? and stream = ?")
                .params(chain.bytes(), from.companyId(), stream.name()).update();
        jdbc.sql("""
                insert into pennylane_sync.batch (id, chain_position, company_id, stream, pass, run, batch_key,
                    first_id, last_id, record_count, changed_count, parent_ids, record_ids, deleted_parent_ids,
                        deleted_ids, batch_hash, chain_hash, requests_used)
                overriding system value
                values (:id, :position, :company, :stream, :pass, :run, :key, :first, :last, :count, :changed,
                    :parents::bigint[],
                    :ids::bigint[], :deletedParents::bigint[], :deleted::bigint[], :hash, :chain, :requests)""")
                .param("id", id).param("position", chainPosition).param("company", from.companyId())
                .param("stream", stream.name())
                .param("pass", from.pass().label())
                .param("run", from.run()).param("key", from.position().batchKey())
                .param("first", records.stream().map(StreamRecord::id).min(Long::compare).orElse(null))
                .param("last", records.stream().map(StreamRecord::id).max(Long::compare).orElse(null))
                .param("count", records.size()).param("changed", rows.changed().size())
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

    private Sha256 head(long companyId, String stream) {
        return jdbc.sql(
                "select chain_hash from pennylane_sync.batch where company_id = ? and stream = ? "
                        + "order by chain_position desc limit 1")
                .params(companyId, stream).query((row, n) -> Sha256.stored(row.getBytes(1))).optional()
                .orElse(Sha256.ZERO);
    }
}
