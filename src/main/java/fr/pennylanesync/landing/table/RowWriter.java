package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of one stream's table, written a batch at a time in one statement: new rows inserted, changed ones replaced
 * with their old version kept, unchanged ones not touched. A record of the share never replaces one of the API.
 */
public final class RowWriter {

    /** A row that was written. */
    public record Written(long parentId, long id) {}

    /**
     * Says which rows a batch wrote.
     *
     * @param changed those that were new or had changed
     * @param altered those of these of which only the table held something else: their record is the one that landed
     * before, so somebody else changed a column or the payload
     */
    public record Upserted(List<Written> changed, List<Written> altered) {}

    private record Row(Written written, boolean altered) {}

    /**
     * The statement. What stands here is looked up by its key, record by record: the planner knows nothing yet of a
     * table that is filled for the first time, and would read the whole of it for each batch.
     */
    private static final String UPSERT = """
            with incoming as (
                select parent, id, payload::jsonb as payload, record_hash, :source::text as source%s
                from unnest(:parents::bigint[], :ids::bigint[], :payloads::text[], :hashes::bytea[]%s)
                     as u(parent, id, payload, record_hash%s)),
            kept as (
                insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                    replaced_by_batch_id, payload, record_hash, source, changed_at, deleted_at)
                select t.company_id, :stream, i.parent, t.id, t.batch_id, :batch, t.payload, t.record_hash,
                    t.source, t.changed_at, t.deleted_at
                from incoming i cross join lateral (
                    select * from %s t where t.company_id = :company%s and t.id = i.id limit 1) t
                where %s
                returning parent_id, id, record_hash, source, deleted_at),
            written as (
            insert into %s as t (%s%s, payload, record_hash, source, batch_id, first_seen_at, changed_at,
                deleted_at)
            select :company, %si.id%s, i.payload, i.record_hash, i.source, :batch, now(), now(), null
            from incoming i
            on conflict (%s) do update set payload = excluded.payload, record_hash = excluded.record_hash,
                source = excluded.source, batch_id = excluded.batch_id, changed_at = excluded.changed_at,
                    deleted_at = null%s
            where %s
            returning %s as parent, id, record_hash, source)
            select w.parent, w.id, k.id is not null and k.record_hash = w.record_hash and k.source = w.source
                and k.deleted_at is null
            from written w left join kept k on k.parent_id = w.parent and k.id = w.id""";

    /** The statement of a stream as it was declared when the statement was made. */
    private record Made(StreamDefinition stream, String sql) {}

    /** By the names of the streams: a statement is put together once, not for each batch. */
    private static final Map<String, Made> UPSERTS = new ConcurrentHashMap<>();

    private final JdbcClient jdbc;
    private final StreamDefinition stream;
    private final String parent;

    public RowWriter(JdbcClient jdbc, StreamDefinition stream) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.parent = stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint");
    }

    static List<Written> written(List<StreamRecord> records) {
        return records.stream().map(record -> new Written(record.parentId(), record.id())).toList();
    }

    /** Writes rows; a record that is as it was, in a row that is as it was written, is not touched. */
    public Upserted upsert(long companyId, List<StreamRecord> records, long batchId, String source) {
        if (records.isEmpty()) {
            return new Upserted(List.of(), List.of());
        }
        var statement = jdbc.sql(upsert())
                .param("company", companyId).param("batch", batchId).param("source", source)
                .param("stream", stream.name())
                .param("parents", longs(records, true)).param("ids", longs(records, false))
                .param("payloads", records.stream().map(record -> record.payload().toString()).toArray(String[]::new))
                .param("hashes", records.stream().map(record -> record.hash().bytes()).toArray(byte[][]::new));
        for (int i = 0; i < stream.columns().size(); i++) {
            int column = i;
            statement = statement.param("c" + i,
                    records.stream().map(record -> record.values().get(column)).toArray(String[]::new));
        }
        List<Row> rows = statement
                .query((row, n) -> new Row(new Written(row.getLong(1), row.getLong(2)), row.getBoolean(3))).list();
        return new Upserted(rows.stream().map(Row::written).toList(),
                rows.stream().filter(Row::altered).map(Row::written).toList());
    }

    private String upsert() {
        return UPSERTS.compute(stream.name(),
                (name, made) -> made != null && made.stream() == stream ? made : new Made(stream, upsertSql())).sql();
    }

    private String upsertSql() {
        String table = StreamTables.table(stream);
        List<String> columns = stream.columns().stream().map(Column::name).map(StreamTables::quoted).toList();
        String incoming =
                IntStream.range(0, columns.size()).mapToObj(i -> ", :c" + i + "::text[]").collect(Collectors.joining());
        String names = IntStream.range(0, columns.size()).mapToObj(i -> ", c" + i).collect(Collectors.joining());
        String casts = IntStream.range(0, columns.size())
                .mapToObj(i -> ", i.c" + i + "::" + stream.columns().get(i).type().sql())
                .collect(Collectors.joining());
        String sets =
                columns.stream().map(column -> ", " + column + " = excluded." + column).collect(Collectors.joining());
        return String.format(Locale.ROOT, UPSERT, names, incoming, names,
                table, stream.isChild() ? " and t." + parent + " = i.parent" : "",
                changed("i", i -> "i.c" + i + "::" + stream.columns().get(i).type().sql()),
                table, StreamTables.list(StreamTables.key(stream)),
                columns.stream().map(c -> ", " + c).collect(Collectors.joining()),
                stream.isChild() ? "i.parent, " : "", casts, StreamTables.list(StreamTables.key(stream)), sets,
                changed("excluded", i -> "excluded." + columns.get(i)), stream.isChild() ? "t." + parent : parent);
    }

    /**
     * Returns the condition under which a row is written again: its record changed, or the table does not hold what it
     * was given.
     *
     * @param incoming the row as it is to be
     * @param value its value of the n-th column
     */
    private String changed(String incoming, IntFunction<String> value) {
        String columns = IntStream.range(0, stream.columns().size()).mapToObj(i -> " or t."
                + StreamTables.quoted(stream.columns().get(i).name()) + " is distinct from " + value.apply(i))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT,
                "(t.record_hash <> %1$s.record_hash or t.deleted_at is not null or t.source <> %1$s.source or "
                        + "t.payload <> %1$s.payload%2$s)",
                incoming, columns) + " and not (t.source = 'api' and " + incoming + ".source = 'share')";
    }

    /** Marks as deleted what these parents no longer have. */
    public List<Written> deleteMissingChildren(long companyId, List<Long> parents, List<StreamRecord> present,
            long batchId) {
        if (parents.isEmpty()) {
            return List.of();
        }
        return delete(companyId, batchId, parent, parents,
                " where not exists (select 1 from unnest(:presentParents::bigint[], :presentIds::bigint[])"
                        + " p(parent, id) where p.parent = t." + parent + " and p.id = t.id)",
                List.of(new Parameter("presentParents", longs(present, true)),
                        new Parameter("presentIds", longs(present, false))));
    }

    /** Marks records as deleted; those that are already so, or unknown, are passed over. */
    public List<Written> delete(long companyId, List<Long> ids, long batchId) {
        return ids.isEmpty() ? List.of() : delete(companyId, batchId, "id", ids, "", List.of());
    }

    private record Parameter(String name, Object value) {}

    /**
     * A row that another transaction writes meanwhile is not deleted: its batch is another by then. Rows are looked up
     * as those are that are written.
     */
    private List<Written> delete(long companyId, long batchId, String column, List<Long> keys, String but,
            List<Parameter> parameters) {
        var statement = jdbc
                .sql(String.format(Locale.ROOT, """
                with found as (
                    select %1$s as parent, t.id, t.batch_id, t."its place"
                    from unnest(:keys::bigint[]) k(key) cross join lateral (
                        select ctid as "its place", * from %2$s where company_id = :company and %5$s = k.key
                        and deleted_at is null offset 0) t%3$s),
                gone as (
                    update %2$s t set deleted_at = now(), changed_at = now(), batch_id = :batch
                    from found g where t.ctid = g."its place" and t.company_id = :company and t.id = g.id%4$s
                    and t.batch_id = g.batch_id
                    returning %1$s as parent, t.id),
                kept as (
                    insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                        replaced_by_batch_id, payload, record_hash, source, changed_at, deleted_at)
                    select t.company_id, :stream, g.parent, t.id, t.batch_id, :batch, t.payload, t.record_hash,
                        t.source, t.changed_at, null
                    from gone g cross join lateral (
                        select * from %2$s t where t.company_id = :company and t.id = g.id%4$s limit 1) t)
                select parent, id from gone""", stream.isChild() ? "t." + parent : parent,
                        StreamTables.table(stream), but, stream.isChild() ? " and t." + parent + " = g.parent" : "",
                        column))
                .param("company", companyId).param("batch", batchId).param("stream", stream.name())
                .param("keys", keys.toArray(Long[]::new));
        for (Parameter parameter : parameters) {
            statement = statement.param(parameter.name(), parameter.value());
        }
        List<Written> deleted =
                new ArrayList<>(statement.query((row, n) -> new Written(row.getLong(1), row.getLong(2))).list());
        deleted.sort(java.util.Comparator.comparingLong(Written::parentId).thenComparingLong(Written::id));
        return deleted;
    }

    private static Long[] longs(List<StreamRecord> records, boolean parents) {
        return records.stream().map(record -> parents ? record.parentId() : record.id()).toArray(Long[]::new);
    }
}
