package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StoredInstant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One digest document.
 *
 * @param root over the heads of all chains, as hex
 * @param documentHash of its canonical text, as hex
 * @param storedAt when it lay in the archive, read back
 */
public record DigestEntry(long sequence, Instant createdAt, String root, String documentHash,
        Optional<Instant> storedAt) {

    /** Returns the newest ones, newest first. */
    public static List<DigestEntry> newest(JdbcClient jdbc, int limit) {
        return jdbc.sql("""
                select sequence, created_at, encode(root, 'hex'), encode(document_hash, 'hex'), stored_at
                from pennylane_sync.digest order by sequence desc limit ?""").param(limit)
                .query((row, n) -> new DigestEntry(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3),
                        row.getString(4), StoredInstant.of(row, 5)))
                .list();
    }
}
