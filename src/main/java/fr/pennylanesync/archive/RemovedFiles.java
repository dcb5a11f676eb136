package fr.pennylanesync.archive;

import fr.pennylanesync.hash.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes which files retention took out of the archive: their rows stay, and the chain of files binds that they are
 * gone. Runs in the caller's transaction.
 */
public final class RemovedFiles {

    private static final String OF_YEARS_BEFORE =
            " from pennylane_sync.file where stream = ? and field = ? and state = 'ARCHIVED' and removed_at is null"
                    + " and coalesce(nullif(record_year, 0),"
                    + " extract(year from archived_at at time zone 'UTC')::int) < ?";

    private record Row(FileKey key, Sha256 content) {}

    private final JdbcClient jdbc;
    private final FileLedger ledger;

    public RemovedFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.ledger = new FileLedger(jdbc);
    }

    /** Returns the companies with such files. */
    public Set<Long> companies(int year, String stream, String field) {
        return jdbc.sql("select distinct company_id" + OF_YEARS_BEFORE).params(stream, field, year).query(Long.class)
                .set();
    }

    /**
     * Returns the objects of a kind of file whose record is of a year before this one; where it has no date the year in
     * which the file was archived counts.
     */
    public List<String> ofYearsBefore(int year, long company, String stream, String field) {
        return jdbc.sql("select distinct object_key" + OF_YEARS_BEFORE + " and company_id = ? order by 1")
                .params(stream, field, year, company).query(String.class).list();
    }

    /** Tells whether the file of such an object is to be fetched anew. */
    public boolean isAwaited(String object) {
        return jdbc.sql("select exists (select from pennylane_sync.file f join pennylane_sync.file o on o.company_id ="
                + " f.company_id and o.stream = f.stream and o.parent_id = f.parent_id and o.record_id = f.record_id"
                + " and o.field = f.field where f.object_key = ? and f.state = 'ARCHIVED' and o.state = 'PENDING'"
                + " and not o.left_out)")
                .param(object).query(Boolean.class).single();
    }

    /** Tells whether another file lies in the same object. */
    public boolean isHeld(String object) {
        return jdbc.sql("select exists (select from pennylane_sync.file where object_key = ? and state = 'ARCHIVED'"
                + " and removed_at is null)").param(object).query(Boolean.class).single();
    }

    /** Notes that the files of a kind that lie in an object are removed. */
    public void note(String object, String stream, String field, Instant now) {
        List<Row> rows = jdbc.sql("update pennylane_sync.file set removed_at = ? where object_key = ? and stream = ?"
                + " and field = ? and state = 'ARCHIVED' and removed_at is null"
                + " returning company_id, parent_id, record_id, sha256")
                .params(now.atOffset(ZoneOffset.UTC), object, stream, field)
                .query((row, n) -> new Row(new FileKey(row.getLong(1), stream, row.getLong(2), row.getLong(3),
                        field), Sha256.stored(row.getBytes(4))))
                .list();
        rows.forEach(row -> ledger.append(row.key(), row.content()));
    }
}
