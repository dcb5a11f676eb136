package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds records that hold copies of records that have changed: Pennylane embeds categories in lines and transactions,
 * and tells nobody when a category is renamed. Such changes are noted with their batch and followed up once no page is
 * under way any more.
 */
public final class StaleCopies {

    /** Allows for clocks of Pennylane and of the warehouse that lie apart. */
    private static final String CLOCKS_APART = "interval '5 minutes'";

    private final JdbcClient jdbc;

    public StaleCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes a batch that wrote anything. */
    public void note(long companyId, String stream, long batchId) {
        jdbc.sql("insert into pennylane_sync.stale_copy (company_id, stream, batch_id) values (?, ?, ?)")
                .params(companyId, stream, batchId).update();
    }

    /** Makes due what holds copies of the noted records; where the copy is a child's own row, its parent's sub-list. */
    public void follow(long companyId, StreamCatalog catalog) {
        Map<String, List<Long>> notes = new TreeMap<>();
        jdbc.sql("select stream, batch_id from pennylane_sync.stale_copy where company_id = ? order by batch_id")
                .param(companyId).query(row -> {
                    notes.computeIfAbsent(row.getString(1), stream -> new ArrayList<>()).add(row.getLong(2));
                });
        notes.forEach((stream, batches) -> {
            catalog.find(stream).ifPresent(source -> catalog.dependentsOf(stream).embedding()
                    .forEach(other -> makeDue(companyId, source, other, batches)));
            jdbc.sql("delete from pennylane_sync.stale_copy where company_id = ? and stream = ?"
                    + " and batch_id = any(?::bigint[])")
                    .params(companyId, stream, batches.toArray(Long[]::new)).update();
        });
    }

    /**
     * The copies of a record that was replaced are old. So may be those of a record that is new here: they were read
     * before it was, and it changed in between if it says so itself. All copies are held against all noted records
     * at once: a first sync notes as many as there are.
     */
    private void makeDue(long companyId, StreamDefinition source, StreamDefinition other, List<Long> batches) {
        jdbc.sql(String.format(Locale.ROOT, """
                with noted as (
                    select v.id, null::timestamptz as updated_at, null::bigint as batch_id
                    from pennylane_sync.record_version v where v.company_id = :company and v.stream = :stream
                    and v.replaced_by_batch_id = any(:batches::bigint[])%s)
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select distinct :company, :other, %s, :batch::bigint from %s t
                cross join lateral jsonb_path_query(t.payload, :path::jsonpath) copied
                join noted r on r.id = case when jsonb_typeof(copied) = 'number' then copied::numeric end
                where t.company_id = :company and t.deleted_at is null
                    and (r.batch_id is null or r.batch_id > t.batch_id and r.updated_at > t.changed_at - %s)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    waits_for = null""",
                StaleReads.isDated(source) ? news(source, other) : "",
                other.parentColumn().map(column -> "t." + StreamTables.quoted(column)).orElse("t.id"),
                StreamTables.table(other), CLOCKS_APART))
                .param("company", companyId).param("stream", source.name()).param("other", other.name())
                .param("batches", batches.toArray(Long[]::new)).param("batch", batches.get(batches.size() - 1))
                .param("path", "$." + String.join(".", other.embeds().get(source.name()))).update();
    }

    /** The records that the batches brought, of those that changed since anything with copies was read. */
    private static String news(StreamDefinition source, StreamDefinition other) {
        return String.format(Locale.ROOT, """

                    union all
                    select n.id, n.updated_at, n.batch_id from %s n
                    where n.company_id = :company and n.batch_id = any(:batches::bigint[])
                    and n.updated_at > (select min(t.changed_at) from %s t where t.company_id = :company) - %s""",
                StreamTables.table(source), StreamTables.table(other), CLOCKS_APART);
    }
}
