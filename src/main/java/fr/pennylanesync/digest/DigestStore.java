package fr.pennylanesync.digest;

import fr.pennylanesync.hash.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.digest}: which documents were made, and which of them lie in the archive. */
final class DigestStore {

    /** One process at a time makes a document; another one leaves it to that. */
    private static final long LOCK = 7_305_216_544_201L;
    /** Documents of up to this size follow each other as syncs end; larger ones are spaced by what they are larger. */
    private static final int UNSPACED_BYTES = 64 * 1024;
    private static final int BYTES_PER_SECOND = 2 * 1024;
    /** A document that is late by more than this many intervals is missed. */
    private static final int INTERVALS = 2;
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** A document that was made, and whether it lies in the archive. */
    record MadeDigest(long sequence, Instant createdAt, Sha256 documentHash, Sha256 root, String content,
            boolean stored) {}

    private final JdbcClient jdbc;

    DigestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    UUID warehouse() {
        return jdbc.sql("select id from pennylane_sync.warehouse").query(UUID.class).single();
    }

    Instant now() {
        return jdbc.sql("select date_trunc('second', now())").query(Timestamp.class).single().toInstant();
    }

    /** Takes the right to make a document, until the transaction ends. */
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)").param(LOCK).query(Boolean.class).single();
    }

    Optional<MadeDigest> newest() {
        return jdbc.sql("select sequence, created_at, document_hash, root, content, stored_at is not null"
                + " from pennylane_sync.digest order by sequence desc limit 1")
                .query((row, n) -> made(row)).optional();
    }

    private static MadeDigest made(ResultSet row) throws SQLException {
        return new MadeDigest(row.getLong(1), row.getTimestamp(2).toInstant(), Sha256.stored(row.getBytes(3)),
                Sha256.stored(row.getBytes(4)), row.getString(5), row.getBoolean(6));
    }

    MadeDigest append(SignedDigest signed, Duration interval) {
        DigestDocument document = signed.document();
        jdbc.sql("insert into pennylane_sync.digest (sequence, created_at, document_hash, root, content, next_by)"
                + " values (?, ?, ?, ?, ?, ?)")
                .params(document.sequence(), at(document.createdAt()), document.hash().bytes(),
                        document.root().bytes(), signed.text(),
                        at(document.createdAt().plus(interval.multipliedBy(INTERVALS)).plus(MARGIN)))
                .update();
        return new MadeDigest(document.sequence(), document.createdAt(), document.hash(), document.root(),
                signed.text(), false);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    void stored(long sequence) {
        jdbc.sql("update pennylane_sync.digest set stored_at = now() where sequence = ?").param(sequence).update();
    }

    /** Tells whether the time stamp of a document was stored in the archive. */
    boolean isStamped(long sequence) {
        return jdbc.sql("select exists (select 1 from pennylane_sync.digest where sequence = ?"
                + " and stamped_at is not null)").param(sequence).query(Boolean.class).single();
    }

    /** Returns the time stamp that was made of a document; makes one where there is none. */
    byte[] timeStamp(long sequence, Supplier<byte[]> server) {
        Optional<byte[]> kept = jdbc.sql("select time_stamp from pennylane_sync.digest where sequence = ?"
                + " and time_stamp is not null").param(sequence).query((row, n) -> row.getBytes(1)).optional();
        return kept.orElseGet(() -> {
            byte[] made = server.get();
            jdbc.sql("update pennylane_sync.digest set time_stamp = ? where sequence = ?").params(made, sequence)
                    .update();
            return made;
        });
    }

    void stamped(long sequence) {
        jdbc.sql("update pennylane_sync.digest set stamped_at = now() where sequence = ?").param(sequence).update();
    }

    /**
     * Tells whether a sync has ended since the newest document, and something landed that is not in it; or whether the
     * newest is older than the interval. A document holds the heads of all companies: one after each sync of each of
     * many would grow with the square of their number, so a large document is followed later, within the interval.
     */
    boolean isDue(Duration interval) {
        return jdbc.sql("""
                with newest as (select coalesce(max(created_at), '-infinity') as at,
                    coalesce(bool_and(stored_at is not null), true) as stored,
                    coalesce(max(octet_length(content)), 0) as bytes from pennylane_sync.digest
                    where sequence = (select max(sequence) from pennylane_sync.digest))
                select not stored or exists (select 1 from pennylane_sync.batch) and (
                    at < now() - make_interval(secs => :interval)
                    or at <= now() - make_interval(secs => greatest(0, bytes - :unspaced) / :perSecond)
                        and exists (select 1 from pennylane_sync.company_run where ended_at >= at)
                        and (select landed_at from pennylane_sync.batch order by id desc limit 1) >= at)
                from newest""").param("interval", (double) interval.toSeconds())
                .param("unspaced", UNSPACED_BYTES).param("perSecond", (double) BYTES_PER_SECOND)
                .query(Boolean.class).single();
    }
}
