package fr.pennylanesync.verification;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds times that lie ahead of the database's clock: of a stream's state, they would keep it from being read or swept
 * for as long; of a batch or a file, nothing of the kind can have happened yet.
 */
final class TimesVerification {

    /** For a server whose clock was set back a little. */
    private static final String NOW = "clock_timestamp() + interval '5 minutes'";

    private final JdbcClient jdbc;
    private final StreamDefinition stream;
    private final Differences differences;

    TimesVerification(JdbcClient jdbc, StreamDefinition stream, Differences differences) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.differences = differences;
    }

    void verify(long company) {
        for (String column : List.of("walked_at", "swept_at", "succeeded_at", "error_at", "parents_due_at")) {
            if (count(company, "stream_state", column) > 0) {
                differences.add("state column " + column + ": lies in the future");
            }
        }
        for (String column : List.of("noted_at", "archived_at", "confirmed_at")) {
            long count = count(company, "file", column);
            if (count > 0) {
                differences.add("files, column " + column + ": lies in the future for " + count);
            }
        }
        if (count(company, "batch", "landed_at") > 0) {
            differences.add("ledger, column landed_at: lies in the future");
        }
    }

    private long count(long company, String table, String column) {
        return jdbc.sql("select count(*) from pennylane_sync." + table + " where company_id = ? and stream = ? and "
                + column + " > " + NOW).params(company, stream.name()).query(Long.class).single();
    }
}
