package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.table.RowWriter.Written;
import fr.pennylanesync.stream.StreamDefinition;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells which fields of records a batch changed, and which rows of sub-lists are new with it. */
public final class ChangedFields {

    /** A longer text is no amount: PostgreSQL takes no number of any length, and counts repetitions up to 255. */
    private static final String NUMBER = "^-?[0-9]{1,255}(\\.[0-9]{1,255})?$";

    private final JdbcClient jdbc;

    public ChangedFields(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the fields that differ from the version that the batch replaced. A record that is new, was deleted or
     * came from elsewhere is not among them, nor is one that is as it was.
     */
    public Map<Long, FieldChanges> of(StreamDefinition stream, long companyId, Collection<Long> ids, long batchId) {
        Map<Long, FieldChanges> changed = new HashMap<>();
        if (ids.isEmpty()) {
            return changed;
        }
        jdbc.sql(String.format(Locale.ROOT, """
                select t.id, f.fields, f.moved
                from %1$s t join pennylane_sync.record_version v on v.company_id = t.company_id and v.stream = :stream
                    and v.parent_id = 0 and v.id = t.id and v.replaced_by_batch_id = :batch
                cross join lateral (
                    select coalesce(array_agg(coalesce(n.key, o.key) order by n.key, o.key), '{}') as fields,
                        coalesce(array_agg(case when n.value #>> '{}' ~ :number and o.value #>> '{}' ~ :number
                            then (n.value #>> '{}')::numeric - (o.value #>> '{}')::numeric end
                            order by n.key, o.key), '{}') as moved
                    from jsonb_each(t.payload) n full join jsonb_each(v.payload) o on o.key = n.key
                    where n.value is distinct from o.value) f
                where t.company_id = :company and t.id = any(:ids::bigint[]) and t.batch_id = :batch
                and t.deleted_at is null and v.deleted_at is null and t.source = 'api' and v.source = 'api'""",
                StreamTables.table(stream)))
                .param("company", companyId).param("stream", stream.name()).param("batch", batchId)
                .param("ids", ids.toArray(Long[]::new)).param("number", NUMBER)
                .query(row -> {
                    changed.put(row.getLong(1), changes(row));
                });
        return changed;
    }

    private static FieldChanges changes(ResultSet row) throws SQLException {
        String[] fields = (String[]) row.getArray(2).getArray();
        BigDecimal[] moved = (BigDecimal[]) row.getArray(3).getArray();
        Map<String, Optional<BigDecimal>> changes = new HashMap<>();
        for (int i = 0; i < fields.length; i++) {
            changes.put(fields[i], Optional.ofNullable(moved[i]));
        }
        return new FieldChanges(changes);
    }

    /**
     * Returns the parents of which the batch wrote rows anew whose records are as they were.
     *
     * @param changed the rows that the batch wrote
     */
    public Map<Long, Set<Long>> rewritten(StreamDefinition child, long companyId, Collection<Written> changed,
            long batchId) {
        String join = String.format(Locale.ROOT, """
                cross join lateral (select 1 from %s t where t.company_id = v.company_id and t.%s = v.parent_id
                    and t.id = v.id and t.record_hash = v.record_hash and t.deleted_at is null limit 1) t""",
                StreamTables.table(child),
                StreamTables.quoted(child.parentColumn().orElseThrow()));
        return rows(child, companyId, changed, batchId, join);
    }

    /**
     * Returns the parents of which the batch replaced rows of a child stream by others with the same ids.
     *
     * @param changed the rows that the batch wrote
     */
    public Map<Long, Set<Long>> replaced(StreamDefinition child, long companyId, Collection<Written> changed,
            long batchId) {
        return rows(child, companyId, changed, batchId, "");
    }

    private Map<Long, Set<Long>> rows(StreamDefinition child, long companyId, Collection<Written> changed,
            long batchId, String join) {
        Map<Long, Set<Long>> rows = new HashMap<>();
        jdbc.sql("""
                select v.parent_id, v.id from unnest(:parents::bigint[], :ids::bigint[]) w(parent, id)
                cross join lateral (select * from pennylane_sync.record_version v where v.company_id = :company
                    and v.stream = :stream and v.parent_id = w.parent and v.id = w.id
                    and v.replaced_by_batch_id = :batch and v.deleted_at is null limit 1) v
                """ + join)
                .param("parents", changed.stream().map(Written::parentId).toArray(Long[]::new))
                .param("ids", changed.stream().map(Written::id).toArray(Long[]::new))
                .param("company", companyId).param("stream", child.name()).param("batch", batchId)
                .query(row -> {
                    rows.computeIfAbsent(row.getLong(1), parent -> new HashSet<>()).add(row.getLong(2));
                });
        return rows;
    }
}
