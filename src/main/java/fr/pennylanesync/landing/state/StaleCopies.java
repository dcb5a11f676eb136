package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Locale;
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

    /** Notes a batch if it replaced anything; new records are in nobody's copy yet. */
    public void note(long companyId, String stream, long batchId) {
        jdbc.sql("""
                insert into pennylane_sync.stale_copy (company_id, stream, batch_id)
                select :company, :stream, :batch where exists (select 1 from pennylane_sync.record_version
                    where company_id = :company and stream = :stream and replaced_by_batch_id = :batch)""")
                .param("company", companyId).param("stream", stream).param("batch", batchId).update();
    }

    /** Makes due what holds copies of the noted records; where the copy is a child's own row, its parent's sub-list. */
    public void follow(long companyId, StreamCatalog catalog) {
        List<Note> notes = jdbc
                .sql("select stream, batch_id from pennylane_sync.stale_copy where company_id = ? order by batch_id")
                .param(companyId).query((row, n) -> new Note(row.getString(1), row.getLong(2))).list();
        for (Note note : notes) {
            catalog.dependentsOf(note.stream()).embedding().forEach(other -> makeDue(companyId, note, other));
            jdbc.sql("delete from pennylane_sync.stale_copy where company_id = ? and stream = ? and batch_id = ?")
                    .params(companyId, note.stream(), note.batchId()).update();
        }
    }

    private void makeDue(long companyId, Note note, StreamDefinition other) {
        jdbc.sql(String.format(Locale.ROOT, """
                with replaced as (
                    select v.id from pennylane_sync.record_version v
                    where v.company_id = :company and v.stream = :stream and v.replaced_by_batch_id = :batch)
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select distinct :company, :other, %s, :batch::bigint from %s t
                where t.company_id = :company and t.deleted_at is null
                  and exists (select 1 from jsonb_path_query(t.payload, :path::jsonpath) copied
                      where jsonb_typeof(copied) = 'number' and copied::numeric in (select r.id from replaced r))
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0""",
                other.parentColumn().map(column -> "t." + StreamTables.quoted(column)).orElse("t.id"),
                StreamTables.table(other)))
                .param("company", companyId).param("stream", note.stream()).param("other", other.name())
                .param("batch", note.batchId())
                .param("path", "$." + String.join(".", other.embeds().get(note.stream()))).update();
    }
}
