package fr.pennylanesync.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One alarm, as it stands in {@code pennylane_sync.alarm}.
 *
 * @param part what else tells it from others of its code; may be empty
 * @param endedAt empty while it is open
 * @param sentStartedAt when its start was told
 * @param sentEndedAt when its end was told
 */
public record Alarm(long id, String code, OptionalLong companyId, Optional<String> stream, String part,
        Instant startedAt, Optional<Instant> endedAt, String reason, String remedy, Optional<Instant> sentStartedAt,
        Optional<Instant> sentEndedAt) {

    static final String COLUMNS = "a.id, a.code, a.company_id, a.stream, a.part, a.started_at, a.ended_at, a.reason,"
            + " a.remedy, a.sent_started_at, a.sent_ended_at";

    static Alarm of(ResultSet row) throws SQLException {
        Long companyId = row.getObject("company_id", Long.class);
        return new Alarm(row.getLong("id"), row.getString("code"),
                companyId == null ? OptionalLong.empty() : OptionalLong.of(companyId),
                Optional.ofNullable(row.getString("stream")), row.getString("part"),
                row.getTimestamp("started_at").toInstant(), instant(row, "ended_at"), row.getString("reason"),
                row.getString("remedy"), instant(row, "sent_started_at"), instant(row, "sent_ended_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    /** Names whom it concerns, such as {@code company 12 stream customers}; empty where it concerns everything. */
    public String subject() {
        return ((companyId.isPresent() ? "company " + companyId.getAsLong() : "")
                + stream.map(name -> " stream " + name).orElse("")).strip();
    }

    /** Returns one line for people. */
    public String line() {
        return code + (subject().isEmpty() ? "" : " " + subject()) + ", since "
                + startedAt.truncatedTo(ChronoUnit.SECONDS)
                + endedAt.map(at -> ", until " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("") + ": " + reason + " -> "
                + remedy;
    }
}
