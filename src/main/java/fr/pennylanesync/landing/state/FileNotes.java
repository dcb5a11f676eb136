package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.FileNote;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
     * changed too. So is one that was given up an hour ago or earlier, since a record shows its URL again: URLs are not
     * part of what makes a record changed.
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
        jdbc.sql(statement(stream))
                .param("since", stream.isChild() ? null : stream.since().orElse(null), Types.DATE)
                .param("company", companyId).param("stream", stream.name()).param("batch", batchId)
                .param("parents", parents.toArray(Long[]::new)).param("ids", ids.toArray(Long[]::new))
                .param("fields", fields.toArray(String[]::new)).param("names", names.toArray(String[]::new))
                .param("changes", changes.toArray(Boolean[]::new)).update();
    }

    /** The newest come first, and those of records before the stream's limit are left out. */
    private static String statement(StreamDefinition stream) {
        return String.format(Locale.ROOT, """
                insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field, file_name, state,
                    batch_id, turn, left_out)
                select n.company_id, n.stream, n.parent_id, n.record_id, n.field, n.name, 'PENDING', :batch, n.day, %s
                from (select :company::bigint as company_id, :stream::text as stream, u.parent as parent_id,
                        u.id as record_id, u.field, u.name, u.changed, %s as day
                    from unnest(:parents::bigint[], :ids::bigint[], :fields::text[], :names::text[],
                        :changes::boolean[]) as u(parent, id, field, name, changed)
                    left join lateral (
                        select * from %s where company_id = :company and id = u.id%s limit 1) t on true) n
                where n.changed or not exists (select 1 from pennylane_sync.file f where f.company_id = n.company_id
                and f.stream = n.stream
                    and f.parent_id = n.parent_id and f.record_id = n.record_id and f.field = n.field)
                or exists (select 1 from pennylane_sync.file f where f.company_id = n.company_id
                    and f.stream = n.stream
                    and f.parent_id = n.parent_id and f.record_id = n.record_id and f.field = n.field
                    and f.state = 'FAILED' and f.noted_at < now() - interval '1 hour')
                on conflict (company_id, stream, parent_id, record_id, field) where state <> 'ARCHIVED'
                do update set state = 'PENDING', batch_id = excluded.batch_id, file_name = excluded.file_name,
                    turn = excluded.turn, left_out = excluded.left_out,
                    noted_at = now(),
                    attempts = 0, next_attempt_at = null, error_code = null""",
                ReadingOrder.fileLeftOut("n.day", "n"), ReadingOrder.day(stream, "t"), StreamTables.table(stream),
                stream.parentColumn().map(column -> " and " + StreamTables.quoted(column) + " = u.parent")
                        .orElse(""));
    }
}
