package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StoredInstant;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says when the ledger was last anchored outside the database.
 *
 * @param anchoredAt when the newest stored digest document was made
 * @param nextBy when the next one is late; empty where nothing has landed yet
 */
public record AnchorStatus(Optional<Instant> anchoredAt, Optional<Instant> nextBy) {

    /** Is the status where nothing was looked at yet. */
    public static final AnchorStatus UNKNOWN = new AnchorStatus(Optional.empty(), Optional.empty());

    /** Before the first document the first batch counts, and the default interval. */
    private static final String NEWEST = """
            select d.created_at, coalesce(d.next_by, (select landed_at + interval '130 minutes'
                from pennylane_sync.batch order by id limit 1))
            from (values (1)) v left join (select created_at, next_by from pennylane_sync.digest
                where stored_at is not null order by sequence desc limit 1) d on true""";

    public static AnchorStatus read(JdbcClient jdbc) {
        return jdbc.sql(NEWEST).query((row, n) -> new AnchorStatus(StoredInstant.of(row, 1), StoredInstant.of(row, 2)))
                .single();
    }

    /** Warns where the next document is late. */
    public Optional<Warning> warning(Instant now) {
        return nextBy.filter(now::isAfter).map(late -> Warning.of(WarningCode.DIGEST_STALE, "", Optional.of(late)));
    }
}
