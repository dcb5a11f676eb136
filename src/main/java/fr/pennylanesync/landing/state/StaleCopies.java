package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final String IN_PAYLOAD = """
            cross join lateral jsonb_path_query(t.payload, :path::jsonpath) copied
                join noted r on r.id = case when jsonb_typeof(copied) = 'number' then copied::numeric end""";

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
     * before it was, and it changed in between if it says so itself. What a batch brought is found by key: its ids are
     * looked up one by one, however many rows and versions the company has. All copies are held against all noted
     * records at once: a first sync notes as many as there are.
     */
    private void makeDue(long companyId, StreamDefinition source, StreamDefinition other, List<Long> batches) {
        Optional<String> column = column(other, other.embeds().get(source.name()));
        jdbc.sql(String.format(Locale.ROOT, """
                with brought as materialized (
                    select distinct b.id as batch_id, coalesce(u.parent, 0) as parent, u.id
                    from pennylane_sync.batch b cross join lateral unnest(b.parent_ids || b.deleted_parent_ids,
                        b.record_ids || b.deleted_ids) u(parent, id)
                    where b.company_id = :company and b.stream = :stream and b.id = any(:batches::bigint[])),
                noted as materialized (
                    select v.id, null::timestamptz as updated_at, null::bigint as batch_id from brought u
                    cross join lateral (select v.id from pennylane_sync.record_version v where v.company_id = :company
                        and v.stream = :stream and v.parent_id = u.parent and v.id = u.id
                        and v.replaced_by_batch_id = u.batch_id offset 0) v%s)
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select distinct :company, :other, %s, :batch::bigint from %s t
                %s
                where t.company_id = :company and t.deleted_at is null
                    and (r.batch_id is null or r.batch_id > t.batch_id and r.updated_at > t.changed_at - %s)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    waits_for = null""",
                StaleReads.isDated(source) ? news(source, column.isPresent() ? "" : newerThanAny(other)) : "",
                other.parentColumn().map(parent -> "t." + StreamTables.quoted(parent)).orElse("t.id"),
                StreamTables.table(other), column.map(StaleCopies::inColumn).orElse(IN_PAYLOAD), CLOCKS_APART))
                .param("company", companyId).param("stream", source.name()).param("other", other.name())
                .param("batches", batches.toArray(Long[]::new)).param("batch", batches.get(batches.size() - 1))
                .param("path", "$." + String.join(".", other.embeds().get(source.name()))).update();
    }

    /** Returns the column that holds the copied record's id, if a row copies one record and has such a column. */
    private static Optional<String> column(StreamDefinition other, List<String> path) {
        return path.equals(List.of("id")) ? Optional.of("id")
                : other.columns().stream().filter(column -> column.path().equals(path)
                        && column.type() == ColumnType.BIGINT).map(Column::name).findFirst();
    }

    /** Lets an index over the column be used, which a join by itself would leave to statistics. */
    private static String inColumn(String column) {
        return String.format(Locale.ROOT, "join noted r on r.id = t.%1$s and t.%1$s = any(array(select id from noted))",
                StreamTables.quoted(column));
    }

    /** The records that the batches brought and that say when they changed. */
    private static String news(StreamDefinition source, String newerThanAny) {
        return String.format(Locale.ROOT, """

                    union all
                    select n.id, n.updated_at, n.batch_id from brought u
                    cross join lateral (select n.id, n.updated_at, n.batch_id from %s n where n.company_id = :company
                        and n.id = u.id and n.batch_id = u.batch_id offset 0) n where n.updated_at is not null%s""",
                StreamTables.table(source), newerThanAny);
    }

    /** Leaves out records that no row can hold an old copy of, where each row is to be searched for copies. */
    private static String newerThanAny(StreamDefinition other) {
        return String.format(Locale.ROOT,
                " and n.updated_at > (select min(t.changed_at) from %s t where t.company_id = :company) - %s",
                StreamTables.table(other), CLOCKS_APART);
    }
}
