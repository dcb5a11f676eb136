package fr.pennylanesync.archive;

import fr.pennylanesync.hash.FileEntry;
import fr.pennylanesync.hash.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.file_entry}: each company and stream has a chain over the files that were archived.
 * Entries are appended in the caller's transaction, one after the other.
 */
final class FileLedger {

    /** The end of a chain: the number of its newest entry, and the hash. */
    private record ChainEnd(long number, Sha256 head) {}

    private final JdbcClient jdbc;

    FileLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends what the row of this content of a file says now. */
    void append(FileKey key, Sha256 content) {
        ChainEnd end = lock(key.companyId(), key.stream());
        FileEntry entry = jdbc.sql("""
                select file_name, object_key, size, content_type, record_year,
                    (extract(epoch from archived_at) * 1000000)::bigint,
                    (extract(epoch from removed_at) * 1000000)::bigint
                from pennylane_sync.file where company_id = ? and stream = ? and parent_id = ? and record_id = ?
                    and field = ? and sha256 = ? and state = 'ARCHIVED'""")
                .params(key.companyId(), key.stream(), key.parentId(), key.recordId(), key.field(), content.bytes())
                .query((row, n) -> entry(key, end.number() + 1, content, row)).single();
        Sha256 head = end.head().chain(entry.hash());
        jdbc.sql("insert into pennylane_sync.file_entry (company_id, stream, number, parent_id, record_id, field,"
                + " sha256, entry_hash, chain_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(key.companyId(), key.stream(), entry.number(), key.parentId(), key.recordId(), key.field(),
                        content.bytes(), entry.hash().bytes(), head.bytes())
                .update();
        jdbc.sql("update pennylane_sync.file_chain set number = ?, chain_head = ? where company_id = ? and stream = ?")
                .params(entry.number(), head.bytes(), key.companyId(), key.stream()).update();
    }

    /** Files are archived side by side: the row of the chain lets one entry after the other be appended. */
    private ChainEnd lock(long company, String stream) {
        jdbc.sql("insert into pennylane_sync.file_chain (company_id, stream, number, chain_head) values (?, ?, 0, ?)"
                + " on conflict do nothing").params(company, stream, Sha256.ZERO.bytes()).update();
        return jdbc.sql("select number, chain_head from pennylane_sync.file_chain where company_id = ? and stream = ?"
                + " for update").params(company, stream)
                .query((row, n) -> new ChainEnd(row.getLong(1), Sha256.stored(row.getBytes(2)))).single();
    }

    private static FileEntry entry(FileKey key, long number, Sha256 content, ResultSet row) throws SQLException {
        return new FileEntry(key.companyId(), key.stream(), number, key.parentId(), key.recordId(), key.field(),
                Optional.ofNullable(row.getString(1)), row.getString(2), row.getLong(3), content, row.getString(4),
                row.getInt(5), row.getLong(6), Optional.ofNullable(row.getObject(7, Long.class)));
    }
}
