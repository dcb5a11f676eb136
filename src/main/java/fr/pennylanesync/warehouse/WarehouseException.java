package fr.pennylanesync.warehouse;

import static java.util.Objects.requireNonNull;

/** The warehouse cannot be opened or closed: what is wrong, under a code to count by, and what to do about it. */
public final class WarehouseException extends RuntimeException {

    /** What kind of failure it is; stable, for dashboards and tests. */
    public enum Code {
        /** The jar carries no PostgreSQL for this operating system and processor. */
        EMBEDDED_PLATFORM_MISSING,
        /** The directory of the embedded PostgreSQL cannot be written or read. */
        EMBEDDED_DIRECTORY_UNUSABLE,
        /** The directory is in use by a runtime whose server does not answer here. */
        EMBEDDED_DIRECTORY_HELD,
        /** There is data, yet the generated password beside it is gone. */
        EMBEDDED_PASSWORD_MISSING,
        /** We are root, PostgreSQL refuses root, and there is no way to another account. */
        EMBEDDED_ACCOUNT_MISSING,
        /** Another program listens on the configured port. */
        EMBEDDED_PORT_TAKEN,
        /** The data directory could not be created. */
        EMBEDDED_INITIALISATION_FAILED,
        /** The server did not come up. */
        EMBEDDED_START_FAILED,
        /** The server did not go down. */
        EMBEDDED_STOP_FAILED,
        /** No database answers at the configured address. */
        DATABASE_UNREACHABLE,
        /** The database answers and refuses us: wrong login, unknown database, missing right. */
        DATABASE_REFUSED,
        /** The database is not PostgreSQL, or is older than version 13. */
        DATABASE_UNSUPPORTED,
        /** A migration of the schema failed. */
        MIGRATION_FAILED
    }

    private final Code code;
    private final String remedy;

    public WarehouseException(Code code, String problem, String remedy) {
        this(code, problem, remedy, null);
    }

    public WarehouseException(Code code, String problem, String remedy, Throwable cause) {
        super(code + ": " + problem + ". " + remedy, cause);
        this.code = requireNonNull(code, "code");
        this.remedy = requireNonNull(remedy, "remedy");
    }

    public Code code() {
        return code;
    }

    /** What the operator can do, one sentence. */
    public String remedy() {
        return remedy;
    }
}
