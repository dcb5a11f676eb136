package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds records that hold copies of records that have changed: Pennylane embeds categories in lines and transactions,
 * and tells nobody when a category is renamed. Such changes are noted with their batch and followed up once no page is
 * under way any more.
 */
public final class StaleCopies {

    private record Note(String stream, long batchId) {}

    private final JdbcClient jdbc;

    public StaleCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes a batch that replaced anything, or that brought new records which have changed since they were made: a copy
     * may be older than their first reading. Those of a history are read before what holds copies of them, or with it.
     *
     * @param written the rows that the batch wrote
     */
    public void note(long companyId, StreamDefinition stream, PassKind pass, Collection<Long> written, long batchId) {
        Collection<Long> news = pass == PassKind.SWEEP || pass == PassKind.CHANGES ? written : List.of();
        jdbc.sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.stale_copy (company_id, stream, batch_id)
                select :company, :stream, :batch where exists (select 1 from pennylane_sync.record_version
                    where company_id = :company and stream = :stream and replaced_by_batch_id = :batch)
                or exists (select 1 from %s where company_id = :company and id = any(:news::bigint[])
                    and payload->>'updated_at' is distinct from payload->>'created_at')""",
                StreamTables.table(stream))).param("company", companyId).param("stream", stream.name())
                .param("batch", batchId).param("news", news.toArray(Long[]::new)).update();
    }

    /** Makes due what holds copies of the noted records; where the copy is a child's own row, its parent's sub-list. */
    public void follow(long companyId, StreamCatalog catalog) {
        List<Note> notes = jdbc
                .sql("select stream, batch_id from pennylane_sync.stale_copy where company_id = ? order by batch_id")
                .param(companyId).query((row, n) -> new Note(row.getString(1), row.getLong(2))).list();
        for (Note note : notes) {
            catalog.find(note.stream()).ifPresent(source -> catalog.dependentsOf(source.name()).embedding()
                    .forEach(other -> makeDue(companyId, note, source, other)));
            jdbc.sql("delete from pennylane_sync.stale_copy where company_id = ? and stream = ? and batch_id = ?")
                    .params(companyId, note.stream(), note.batchId()).update();
        }
    }

    /**
     * A record that is new here may stand in copies already: they were read before it was, and it may have changed
     * since. Of such a record only the copies count that say something else than it does; their instants may be those
     * of the link.
     */
    private void makeDue(long companyId, Note note, StreamDefinition source, StreamDefinition other) {
        List<String> path = other.embeds().get(note.stream());
        jdbc.sql(String.format(Locale.ROOT, """
                with noted as (
                    select v.id, null::jsonb as payload from pennylane_sync.record_version v
                    where v.company_id = :company and v.stream = :stream and v.replaced_by_batch_id = :batch
                    union all
                    select n.id, n.payload from %3$s n
                    where n.company_id = :company and n.batch_id = :batch and n.deleted_at is null
                      and not exists (select 1 from pennylane_sync.record_version v where v.company_id = n.company_id
                          and v.stream = :stream and v.id = n.id and v.replaced_by_batch_id = :batch))
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select distinct :company, :other, %1$s, :batch::bigint from %2$s t
                where t.company_id = :company and t.deleted_at is null
                  and exists (select 1 from jsonb_path_query(t.payload, :path::jsonpath) copied
                      join noted r on jsonb_typeof(copied->:id) = 'number' and (copied->:id)::numeric = r.id
                      where r.payload is null or exists (select 1 from jsonb_each(copied) field
                          where jsonb_typeof(field.value) in ('string', 'number', 'boolean')
                            and field.key not like '%%\\_at' and r.payload->field.key <> field.value))
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0""",
                other.parentColumn().map(column -> "t." + StreamTables.quoted(column)).orElse("t.id"),
                StreamTables.table(other), StreamTables.table(source)))
                .param("company", companyId).param("stream", note.stream()).param("other", other.name())
                .param("batch", note.batchId()).param("id", path.get(path.size() - 1))
                .param("path", String.join(".", Stream.concat(Stream.of("$"), path.stream().limit(path.size() - 1L))
                        .toList()) + "[*]")
                .update();
    }
}
