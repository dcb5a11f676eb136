package fr.pennylanesync.archive;

import fr.pennylanesync.landing.record.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.file}: what is due, and what became of it. Outcomes are recorded in the caller's
 * transaction.
 */
public final class PendingFiles {

    private static final String OF_KEY =
            "company_id = :company and stream = :stream and parent_id = :parent and record_id = :record and field = "
                    + ":field";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final FileLedger ledger;

    public PendingFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.ledger = new FileLedger(jdbc);
    }

    /** The next files whose time has come: those never tried first, then those of the newest documents. */
    public List<PendingFile> due(long companyId, String stream, int limit) {
        return jdbc.sql("""
                select id, parent_id, record_id, field, batch_id, file_name, attempts from pennylane_sync.file
                where company_id = ? and stream = ? and state = 'PENDING' and (next_attempt_at is null
                or next_attempt_at <= ?) and not left_out
                order by attempts, turn desc nulls last, parent_id desc, record_id desc, field limit ?""")
                .params(companyId, stream, now(), limit).query((row, n) -> pending(companyId, stream, row)).list();
    }

    private static PendingFile pending(long companyId, String stream, ResultSet row) throws SQLException {
        FileKey key = new FileKey(companyId, stream, row.getLong("parent_id"), row.getLong("record_id"),
                row.getString("field"));
        return new PendingFile(row.getLong("id"), key, row.getLong("batch_id"),
                Optional.ofNullable(row.getString("file_name")).map(StorableText::decode), row.getInt("attempts"));
    }

    /** Tells whether this content of this file lies in the archive already. */
    public boolean isArchived(FileKey.Content content) {
        return of(jdbc
                .sql("select exists (select 1 from pennylane_sync.file where state = 'ARCHIVED' and removed_at is null"
                        + " and sha256 = :hash and " + OF_KEY + ")"),
                content.key()).param("hash", content.hash().bytes()).query(Boolean.class).single();
    }

    /**
     * Records that a file lies in the archive, new there or recognised: it no longer waits, unless its record has
     * changed meanwhile.
     */
    public FileResult archived(PendingFile file, Archived content) {
        boolean isSaidAlready = of(jdbc.sql("select exists (select 1 from pennylane_sync.file where state = 'ARCHIVED'"
                + " and removed_at is null and sha256 = :hash and file_name is not distinct from :name and "
                + OF_KEY + ")"), file.key())
                .param("hash", content.objectKey().hash().bytes())
                .param("name", file.name().map(StorableText::encode).orElse(null), Types.VARCHAR)
                .query(Boolean.class).single();
        boolean isNew = of(jdbc.sql("""
                insert into pennylane_sync.file as f (company_id, stream, parent_id, record_id, field, file_name,
                    state, batch_id, attempts, object_key, size, sha256, content_type, record_year, strict,
                        archived_at, confirmed_at)
                values (:company, :stream, :parent, :record, :field, :name, 'ARCHIVED', :batch, :attempts,
                    :object, :size, :hash, :type, :year, :strict, :now, :now)
                on conflict (company_id, stream, parent_id, record_id, field, sha256) where state = 'ARCHIVED'
                do update set confirmed_at = excluded.confirmed_at, file_name = excluded.file_name,
                    object_key = case when f.removed_at is null then f.object_key else excluded.object_key end,
                    record_year = case when f.removed_at is null then f.record_year else excluded.record_year end,
                    archived_at = case when f.removed_at is null then f.archived_at else excluded.archived_at end,
                    removed_at = null
                returning f.archived_at = f.confirmed_at"""), file.key())
                .param("name", file.name().map(StorableText::encode).orElse(null)).param("batch", file.batchId())
                .param("attempts", file.attempts() + 1).param("object", content.objectKey().text())
                .param("size", content.size())
                .param("hash", content.objectKey().hash().bytes()).param("type", content.contentType())
                .param("year", content.objectKey().year()).param("strict", content.strict()).param("now", now())
                .query(Boolean.class).single();
        if (!isSaidAlready) {
            ledger.append(file.key(), content.objectKey().hash());
        }
        jdbc.sql("delete from pennylane_sync.file where id = ? and batch_id = ?").params(file.id(), file.batchId())
                .update();
        of(jdbc.sql(
                "update pennylane_sync.quarantine set resolved_at = now(), resolution = 'ARCHIVED'"
                        + " where kind = 'FILE' and resolved_at is null and "
                        + OF_KEY.replace("field", "subject").replace(":subject", ":field")),
                file.key()).update();
        return isNew ? FileResult.ARCHIVED : FileResult.UNCHANGED;
    }

    /** Records an attempt that brought no file: when it is made again, or that it is not. */
    public FileResult setBack(PendingFile file, FailedAttempt failedAttempt) {
        int attempts = file.attempts() + 1;
        FileState state = failedAttempt.state(attempts);
        int updated = jdbc.sql("""
                update pennylane_sync.file set attempts = ?, error_code = ?, state = ?, next_attempt_at = ?
                where id = ? and batch_id = ?""")
                .params(attempts, failedAttempt.code(), state.name(),
                        failedAttempt.wait(attempts).map(wait -> now().plus(wait)).orElse(null),
                        file.id(), file.batchId())
                .update();
        if (state != FileState.QUARANTINED || updated == 0) {
            return FileResult.SET_BACK;
        }
        quarantine(file.key(), failedAttempt);
        return FileResult.SET_ASIDE;
    }

    private void quarantine(FileKey key, FailedAttempt failedAttempt) {
        of(jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject, reason)
                values (:company, :stream, 'FILE', :parent, :record, :field, :reason)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason, first_seen_at =
                    case when quarantine.resolved_at is null then quarantine.first_seen_at else now() end"""), key)
                .param("reason", failedAttempt.code()).update();
    }

    /**
     * Lets a file that was set aside be fetched again, at once. Its entry is resolved when the file lies in the
     * archive.
     *
     * @param quarantineId of its entry in {@code pennylane_sync.quarantine}
     * @return whether there is such an entry, not resolved, of a file that can still be fetched
     */
    public boolean retry(long quarantineId) {
        return jdbc
                .sql("""
                update pennylane_sync.file f set state = 'PENDING', attempts = 0, next_attempt_at = null
                from pennylane_sync.quarantine q
                where q.id = ? and q.kind = 'FILE' and q.resolved_at is null and f.company_id = q.company_id
                and f.stream = q.stream
                  and f.parent_id = q.parent_id and f.record_id = q.record_id and f.field = q.subject
                  and f.state <> 'ARCHIVED'""")
                .param(quarantineId).update() > 0;
    }

    /** Counts the files of a company by their state, for each stream. */
    public Map<String, FileCounts> counts(long companyId) {
        Map<String, FileCounts> counts = new TreeMap<>();
        counted(", stream from pennylane_sync.file where company_id = any(:companies::bigint[]) group by stream",
                List.of(companyId)).query(row -> {
                    counts.put(row.getString("stream"), counts(row));
                });
        return counts;
    }

    /** Counts the files of all these companies by their state, in one statement. */
    public FileCounts total(Collection<Long> companies) {
        return counted(" from pennylane_sync.file where company_id = any(:companies::bigint[])", companies)
                .query((row, number) -> counts(row)).single();
    }

    private JdbcClient.StatementSpec counted(String of, Collection<Long> companies) {
        return jdbc.sql("""
                select count(*) filter (where state = 'PENDING' and not left_out),
                    count(*) filter (where state = 'PENDING' and not left_out
                        and error_code <> all(:nothingThere::text[])),
                    count(*) filter (where state = 'ARCHIVED' and removed_at is null),
                    count(*) filter (where state = 'FAILED'),
                    count(*) filter (where state = 'QUARANTINED'),
                    count(*) filter (where state = 'PENDING' and left_out)""" + of)
                .param("companies", companies.toArray(Long[]::new))
                .param("nothingThere", new String[] {FailedAttempt.NO_URL.code(), FailedAttempt.RECORD_ABSENT.code()});
    }

    private static FileCounts counts(ResultSet row) throws SQLException {
        return new FileCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
                row.getLong(6));
    }

    /** The companies with files of these streams whose time has come. */
    public Set<Long> dueCompanies(Collection<String> streams) {
        return jdbc.sql("""
                select distinct company_id from pennylane_sync.file
                where state = 'PENDING' and not left_out and (next_attempt_at is null or next_attempt_at <= ?)
                    and stream = any(?::text[])""").params(now(), streams.toArray(String[]::new))
                .query(Long.class).set();
    }

    /** The streams of a company with files whose time has come. */
    public List<String> dueStreams(long companyId) {
        return jdbc
                .sql("""
                select distinct stream from pennylane_sync.file
                where company_id = ? and state = 'PENDING' and not left_out
                    and (next_attempt_at is null or next_attempt_at <= ?) order by stream""")
                .params(companyId, now()).query(String.class).list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static JdbcClient.StatementSpec of(JdbcClient.StatementSpec statement, FileKey key) {
        return statement.param("company", key.companyId()).param("stream", key.stream()).param("parent", key.parentId())
                .param("record", key.recordId()).param("field", key.field());
    }
}
