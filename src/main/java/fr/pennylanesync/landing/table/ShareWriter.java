package fr.pennylanesync.landing.table;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the rows of a batch of the data sharing: new ones by COPY, known ones as any other batch does, the API's not
 * at all.
 */
public final class ShareWriter {

    /**
     * Says what became of the rows.
     *
     * @param landed those that the table holds now, in the order received
     * @param superseded those of which it keeps what the API said: its version, or that the record is deleted
     * @param changed those that were new or had changed
     * @param altered those of these that somebody else had changed in the table
     */
    public record ShareWriteOutcome(List<StreamRecord> landed, List<StreamRecord> superseded,
            List<RowWriter.Written> changed, List<RowWriter.Written> altered) {}

    /** The name that PostgreSQL gives a table's primary key ends so. */
    private static final String PRIMARY_KEY = "_pkey";

    private final JdbcClient jdbc;
    private final RowCopy copy;
    private final StreamDefinition stream;

    public ShareWriter(JdbcClient jdbc, RowCopy copy, StreamDefinition stream) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.stream = stream;
    }

    /**
     * Writes rows.
     *
     * @param expectedNew whether the table had no row of the company when the rows began to be read: none is looked up
     * then, until COPY finds one
     */
    public ShareWriteOutcome write(long companyId, List<StreamRecord> records, long batchId, boolean expectedNew) {
        if (expectedNew && !records.isEmpty()
                && copy.tryWrite(stream, companyId, records, batchId, Source.SHARE)) {
            return new ShareWriteOutcome(records, List.of(), RowWriter.written(records), List.of());
        }
        return writeLookedUp(companyId, records, batchId);
    }

    private ShareWriteOutcome writeLookedUp(long companyId, List<StreamRecord> records, long batchId) {
        Map<Long, String> sources = sources(companyId, records);
        List<StreamRecord> landed = new ArrayList<>(records.size());
        List<StreamRecord> superseded = new ArrayList<>();
        List<StreamRecord> fresh = new ArrayList<>(records.size());
        List<StreamRecord> old = new ArrayList<>();
        for (StreamRecord record : records) {
            String source = sources.get(record.id());
            if (Source.API.label().equals(source)) {
                superseded.add(record);
                continue;
            }
            landed.add(record);
            (source == null ? fresh : old).add(record);
        }
        copy(companyId, fresh, batchId);
        RowWriter.Upserted known = new RowWriter(jdbc, stream).upsert(companyId, old, batchId, Source.SHARE.label());
        List<RowWriter.Written> changed = new ArrayList<>(known.changed());
        changed.addAll(RowWriter.written(fresh));
        return new ShareWriteOutcome(landed, superseded, changed, known.altered());
    }

    /**
     * A row that another lane wrote meanwhile: read again, it is one that is known. A unique index that somebody added
     * refuses values, as any other constraint does.
     */
    private void copy(long companyId, List<StreamRecord> fresh, long batchId) {
        try {
            copy.write(stream, companyId, fresh, batchId, Source.SHARE);
        } catch (DuplicateKeyException written) {
            if (!isOfPrimaryKey(written)) {
                throw written;
            }
            throw new SyncException(ShareErrorCode.SHARE_ID_IN_TWO_PARTITIONS, stream.name(), written);
        }
    }

    private static boolean isOfPrimaryKey(DuplicateKeyException refused) {
        return refused.getCause() instanceof PSQLException cause && Optional.ofNullable(cause.getServerErrorMessage())
                .map(ServerErrorMessage::getConstraint).filter(name -> name.endsWith(PRIMARY_KEY)).isPresent();
    }

    private Map<Long, String> sources(long companyId, List<StreamRecord> records) {
        Map<Long, String> sources = new HashMap<>();
        LongSummaryStatistics ids = records.stream().mapToLong(StreamRecord::id).summaryStatistics();
        // Most batches are the first to bring their ids: one look instead of thousands.
        if (jdbc.sql(
                "select 1 from " + StreamTables.table(stream) + " where company_id = ? and id between ? and ? limit 1")
                .params(companyId, ids.getMin(), ids.getMax()).query(Integer.class).optional().isEmpty()) {
            return sources;
        }
        // A deletion comes from the API too, unless only the share has the stream.
        jdbc.sql("select id, case when deleted_at is not null and not ? then 'api' else source end from "
                + StreamTables.table(stream)
                + " where company_id = ? and id = any(?::bigint[])")
                .params(stream.isShareOnly(), companyId, records.stream().map(StreamRecord::id).toArray(Long[]::new))
                .query(row -> {
                    sources.put(row.getLong(1), row.getString(2));
                });
        return sources;
    }
}
