package fr.pennylanesync.archive;

import fr.pennylanesync.hash.Sha256;
import java.sql.Types;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives files another name, or none: the object in the archive has none anyhow. Runs in the caller's transaction. */
public final class FileNames {

    private record Renamed(FileKey key, Optional<Sha256> content) {}

    private final JdbcClient jdbc;
    private final FileLedger ledger;

    public FileNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.ledger = new FileLedger(jdbc);
    }

    /**
     * Renames one; for what is archived the chain of files says so.
     *
     * @param name as storable text
     */
    public void rename(long id, Optional<String> name) {
        Renamed renamed = jdbc.sql("update pennylane_sync.file set file_name = :name where id = :id"
                + " returning company_id, stream, parent_id, record_id, field, state, sha256")
                .param("name", name.orElse(null), Types.VARCHAR).param("id", id)
                .query((row, n) -> new Renamed(new FileKey(row.getLong(1), row.getString(2), row.getLong(3),
                        row.getLong(4), row.getString(5)),
                        FileState.ARCHIVED.name().equals(row.getString(6))
                                ? Optional.of(Sha256.stored(row.getBytes(7)))
                                : Optional.empty()))
                .single();
        renamed.content().ifPresent(content -> ledger.append(renamed.key(), content));
    }
}
