package fr.pennylanesync.runtime;

import fr.pennylanesync.hash.FileEntry;
import fr.pennylanesync.hash.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the chain of a stream's files anew, of the rows as they are, in the order in which they stood there. */
final class FileForger {

    private static final String FILES = """
            select f.parent_id, f.record_id, f.field, f.file_name, f.object_key, f.size, f.sha256, f.content_type,
                f.record_year, (extract(epoch from f.archived_at) * 1000000)::bigint
            from pennylane_sync.file f where f.company_id = ? and f.stream = ? and f.state = 'ARCHIVED'
            order by (select coalesce(max(number) filter (where e.sha256 = f.sha256), max(number))
                from pennylane_sync.file_entry e where e.company_id = f.company_id and e.stream = f.stream
                and e.record_id = f.record_id and e.parent_id = f.parent_id and e.field = f.field) nulls last, f.id""";

    private final JdbcClient jdbc;
    private final String stream;
    private final long company;
    private long number;
    private Sha256 head = Sha256.ZERO;

    FileForger(JdbcClient jdbc, String stream, long company) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.company = company;
    }

    void forge() {
        List<FileEntry> entries = jdbc.sql(FILES).params(company, stream).query((row, n) -> entry(row, n + 1L)).list();
        jdbc.sql("delete from pennylane_sync.file_entry where company_id = ? and stream = ?").params(company, stream)
                .update();
        entries.forEach(this::append);
        jdbc.sql("update pennylane_sync.file_chain set number = ?, chain_head = ? where company_id = ? and stream = ?")
                .params(number, head.bytes(), company, stream).update();
    }

    private FileEntry entry(ResultSet row, long place) throws SQLException {
        return new FileEntry(company, stream, place, row.getLong(1), row.getLong(2), row.getString(3),
                Optional.ofNullable(row.getString(4)), row.getString(5), row.getLong(6),
                Sha256.stored(row.getBytes(7)), row.getString(8), row.getInt(9), row.getLong(10),
                Optional.empty());
    }

    private void append(FileEntry entry) {
        number++;
        head = head.chain(entry.hash());
        jdbc.sql("insert into pennylane_sync.file_entry values (?, ?, ?, ?, ?, ?, ?, ?, ?)").params(company, stream,
                number, entry.parentId(), entry.recordId(), entry.field(), entry.content().bytes(),
                entry.hash().bytes(), head.bytes()).update();
    }
}
