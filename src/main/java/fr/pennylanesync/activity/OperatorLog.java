package fr.pennylanesync.activity;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.operator_action}: who asked for what, and how it ended. Rows are only added. */
public final class OperatorLog {

    /**
     * Names what somebody asks for.
     *
     * @param operator the name of the login; empty where nobody had to log in
     * @param action its name
     * @param company empty where it is about all
     * @param subject the case, or the kind of an audit; else empty
     */
    public record OperatorAction(String operator, String action, Optional<Long> company, String subject) {}

    /** Says what became of an action. */
    public enum ActionOutcome {
        ASKED, REFUSED, DONE, FAILED
    }

    private final JdbcClient jdbc;

    public OperatorLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that somebody asks, before anything is done; the number stands with what follows. */
    public UUID asked(OperatorAction action) {
        UUID request = UUID.randomUUID();
        note(request, action, ActionOutcome.ASKED, "");
        return request;
    }

    /** @param detail a code or a count, no data */
    public void note(UUID request, OperatorAction action, ActionOutcome outcome, String detail) {
        jdbc.sql("""
                insert into pennylane_sync.operator_action (request, operator, action, company_id, subject, outcome,
                    detail) values (?, ?, ?, ?, ?, ?, ?)""")
                .params(request, action.operator(), action.action(), action.company().orElse(null), action.subject(),
                        outcome.name(), detail)
                .update();
    }
}
