package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the rows of a batch of the API: those of a first reading by COPY, which costs a fraction of an INSERT, and all
 * others as {@link RowWriter} does. What COPY does not take is written by that too, which says why it does not fit.
 */
public final class RecordWriter {

    /** Fewer rows are written sooner than one has asked whether there is any of them. */
    private static final int COPIED_MIN = 10;

    private final JdbcClient jdbc;
    private final RowCopy copy;
    private final StreamDefinition stream;
    private final RowWriter rows;

    public RecordWriter(JdbcClient jdbc, RowCopy copy, StreamDefinition stream) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.stream = stream;
        this.rows = new RowWriter(jdbc, stream);
    }

    /** Writes rows as {@link RowWriter#upsert} does. */
    public RowWriter.Upserted write(long companyId, List<StreamRecord> records, long batchId, Source source) {
        if (records.size() >= COPIED_MIN && isNoneHere(companyId, records)
                && copy.tryWrite(stream, companyId, records, batchId, source)) {
            return new RowWriter.Upserted(RowWriter.written(records), List.of());
        }
        return rows.upsert(companyId, records, batchId, source.label());
    }

    /** A page of a list has every record between its first and its last, and a batch of sub-lists is whole as well. */
    private boolean isNoneHere(long companyId, List<StreamRecord> records) {
        if (stream.isChild()) {
            return jdbc.sql(String.format(Locale.ROOT, """
                    select not exists (select 1 from unnest(?::bigint[]) p(id) cross join lateral (
                        select 1 from %s where company_id = ? and %s = p.id limit 1) found)""",
                    StreamTables.table(stream), StreamTables.quoted(stream.parentColumn().orElseThrow())))
                    .params(records.stream().map(StreamRecord::parentId).distinct().toArray(Long[]::new), companyId)
                    .query(Boolean.class).single();
        }
        LongSummaryStatistics ids = records.stream().mapToLong(StreamRecord::id).summaryStatistics();
        return jdbc.sql("select not exists (select 1 from " + StreamTables.table(stream)
                + " where company_id = ? and id between ? and ?)")
                .params(companyId, ids.getMin(), ids.getMax()).query(Boolean.class).single();
    }
}
