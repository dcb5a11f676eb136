package fr.pennylanesync.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * The codes of warnings that no failure stands behind. Health, console, {@code status}, {@code sync} and {@code doctor}
 * use the same ones.
 */
public enum WarningCode {
    NO_COMPANY("no company is known yet",
            "put a token file into pennylane.tokens.directory; `tokens check` says why one is not used", false),
    NOTHING_READ("nothing of the company was read yet",
            "wait for its first sync, or run `sync`; if it stays, see stream_stopped in the log", false),
    HISTORY_UNFINISHED("the first reading of a company's streams is not complete, so not every row is here",
            "wait: it goes on by itself; `status` shows how far each stream is", false),
    COMPANY_REFUSED("a company's token is not used", "see `tokens check`", true),
    TOKEN_FILE_REFUSED("a token file that no company is known for is not used", "see `tokens check`", true),
    TOKEN_DIRECTORY_UNUSABLE("no token can be read",
            "create pennylane.tokens.directory, and let the runtime's user alone write it; until then nothing of it"
                    + " changes",
            true),
    STREAM_STOPPED("a stream stopped", "docs/reference/errors.md says what to do", true),
    STREAM_STALE("a stream has not come to its end for three intervals and ten minutes",
            "look at the budget and at what runs before it", false),
    QUARANTINE_OPEN("something was set aside and waits for somebody to decide",
            "see `quarantine list`", false),
    BOOKS_DIFFER("records contradict the books' own rules, although they were read again",
            "`audit --kind books` names them; compare one of them in Pennylane", false),
    AUDIT_DIFFERS("the newest audit of the kind that is named found parts that are not as their source has them",
            "`audit --kind` names them; with `--repair` it reads them again", false),
    AUDIT_MISSED("the audit of a company did not come at its moment, and not within half a day either",
            "see job_failed and audit_not_done in the log; `audit` does it at once", false),
    CHANGES_MISSED("changes of the last seven days were found although no event of a changelog had announced them",
            "they are landed; if it goes on, ask Pennylane why the changelog misses changes", false),
    DIGEST_STALE("the ledger was not anchored outside the database for more than two of its intervals",
            "see digest_not_made in the log; `digest now` makes a document at once", false),
    ROUTES_REFUSED("the routes directory holds something that does not run",
            "mend the file; what ran before still runs", true),
    FIGURES_OLD("the warehouse has not let itself be looked at for two minutes: what is shown is as old",
            "see what holds a lock in the database, and console_not_refreshed in the log", false),
    LOG_FILE_UNWRITABLE("the log goes to standard error, because its file cannot be written",
            "correct logging.file or the rights of its directory, then start again", false),
    EMBEDDED_RESTARTED("the embedded PostgreSQL died within the last hour and was started again",
            "see postgres.log in its directory, and why the machine ends processes: memory, disk, somebody", false);

    private final String meaning;
    private final String remedy;
    private final boolean wrong;

    WarningCode(String meaning, String remedy, boolean wrong) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.wrong = wrong;
    }

    /** Finds the one of that name; a warning may have the code of a failure instead. */
    public static Optional<WarningCode> find(String name) {
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }

    /** Tells whether something does not work until somebody acts: {@code status} then ends with 1. */
    public boolean isWrong() {
        return wrong;
    }

    /** Tells the same of a warning; one with the code of a failure is wrong too. */
    public static boolean isWrong(Warning warning) {
        return find(warning.code()).map(WarningCode::isWrong).orElse(true);
    }
}
