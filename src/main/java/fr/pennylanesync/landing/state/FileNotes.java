package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.FileNote;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes in {@code pennylane_sync.file} what a batch showed to be there to fetch. Runs within the landing's transaction.
 */
public final class FileNotes {

    private final JdbcClient jdbc;

    public FileNotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes every file pending that is not known yet, and every file of a record that changed: its document may have
     * changed too.
     *
     * @param changed the rows of the batch that were new or had changed
     */
    public void note(long companyId, StreamDefinition stream, List<StreamRecord> records,
            Collection<RowWriter.Written> changed, long batchId) {
        List<StreamRecord> withFiles = records.stream().filter(record -> !record.files().isEmpty()).toList();
        if (withFiles.isEmpty()) {
            return;
        }
        Set<RowWriter.Written> changedRows = new HashSet<>(changed);
        List<Long> parents = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Boolean> changes = new ArrayList<>();
        for (StreamRecord record : withFiles) {
            boolean isChanged = changedRows.contains(new RowWriter.Written(record.parentId(), record.id()));
            for (FileNote file : record.files()) {
                parents.add(record.parentId());
                ids.add(record.id());
                fields.add(file.field());
                names.add(file.name().orElse(null));
                changes.add(isChanged);
            }
        }
        jdbc.sql("""
                insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field, file_name, state,
                    batch_id)
                select :company, :stream, n.parent, n.id, n.field, n.name, 'PENDING', :batch
                from unnest(:parents::bigint[], :ids::bigint[], :fields::text[], :names::text[], :changes::boolean[])
                     as n(parent, id, field, name, changed)
                where n.changed or not exists (select 1 from pennylane_sync.file f where f.company_id = :company
                and f.stream = :stream
                    and f.parent_id = n.parent and f.record_id = n.id and f.field = n.field)
                on conflict (company_id, stream, parent_id, record_id, field) where state <> 'ARCHIVED'
                do update set state = 'PENDING', batch_id = excluded.batch_id, file_name = excluded.file_name,
                    noted_at = now(),
                    attempts = 0, next_attempt_at = null, error_code = null""")
                .param("company", companyId).param("stream", stream.name()).param("batch", batchId)
                .param("parents", parents.toArray(Long[]::new)).param("ids", ids.toArray(Long[]::new))
                .param("fields", fields.toArray(String[]::new)).param("names", names.toArray(String[]::new))
                .param("changes", changes.toArray(Boolean[]::new)).update();
    }
}
