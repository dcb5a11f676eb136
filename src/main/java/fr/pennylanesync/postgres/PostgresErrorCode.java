package fr.pennylanesync.postgres;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of a database that cannot be started, reached or used. */
public enum PostgresErrorCode implements ErrorCode {
    // The embedded PostgreSQL.
    EMBEDDED_PLATFORM_MISSING(lasting(CONFIGURATION, PROCESS,
            "the jar carries no PostgreSQL for this machine",
            "set warehouse.jdbc-url to a PostgreSQL of your own, or build the jar on this platform (property "
                    + "postgres.binaries.platform)")),
    EMBEDDED_DIRECTORY_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the embedded PostgreSQL cannot use its directory",
            "check rights and free space, or set warehouse.embedded.directory")),
    EMBEDDED_DIRECTORY_HELD(lasting(CONFIGURATION, PROCESS,
            "another runtime uses the directory, and its server does not answer on this machine",
            "stop that runtime, or give this one its own warehouse.embedded.directory")),
    EMBEDDED_PASSWORD_MISSING(lasting(CONFIGURATION, PROCESS,
            "there is data, and its password file cannot be read",
            "run as the user who created it, or restore the file; or move the folder away: the next sync fills a "
                    + "new one from Pennylane")),
    EMBEDDED_ACCOUNT_MISSING(lasting(CONFIGURATION, PROCESS,
            "PostgreSQL refuses to run as root, and there is no way to another account",
            "run pennylane-sync as an ordinary user, set warehouse.embedded.directory to a path that user 65534 "
                    + "may enter, or set warehouse.jdbc-url")),
    EMBEDDED_PORT_TAKEN(lasting(CONFIGURATION, PROCESS,
            "another program uses the port",
            "set warehouse.embedded.port to a free port, or to 0 for any")),
    EMBEDDED_INITIALISATION_FAILED(lasting(OURS, PROCESS,
            "the data directory could not be created",
            "check free space and rights of warehouse.embedded.directory, or set warehouse.jdbc-url")),
    EMBEDDED_START_FAILED(lasting(OURS, PROCESS,
            "PostgreSQL did not start",
            "see postgres.log in its directory; if another PostgreSQL runs on that directory, stop it")),
    EMBEDDED_STOP_FAILED(lasting(OURS, PROCESS,
            "PostgreSQL does not stop",
            "nothing committed is lost; the next start adopts the server")),
    EMBEDDED_DIED(passing(OURS, PROCESS,
            "the embedded PostgreSQL ended by itself and is being started again",
            "wait; if it repeats, see postgres.log in warehouse.embedded.directory, and why the machine ends "
                    + "processes: memory, disk, somebody")),
    EMBEDDED_SILENT(passing(OURS, PROCESS,
            "the embedded PostgreSQL runs and does not answer",
            "wait: after a crash it recovers for up to minutes; if it lasts, see postgres.log in "
                    + "warehouse.embedded.directory")),
    EMBEDDED_RESTARTS_EXHAUSTED(lasting(OURS, PROCESS,
            "the embedded PostgreSQL ended too often and is not started again any more",
            "see postgres.log in warehouse.embedded.directory, mend what ends it, then restart pennylane-sync")),

    // Any database.
    DATABASE_UNREACHABLE(passing(THEIRS, PROCESS,
            "no database answers",
            "start it, or check host and port in warehouse.jdbc-url; warehouse.start-timeout says how long a "
                    + "start waits")),
    DATABASE_REFUSED(lasting(CONFIGURATION, PROCESS,
            "the warehouse refuses us",
            "check warehouse.username, warehouse.password and the database in warehouse.jdbc-url")),
    DATABASE_READ_ONLY(passing(THEIRS, PROCESS,
            "the warehouse can only be read",
            "let warehouse.jdbc-url lead to the primary, not to a standby, or turn default_transaction_read_only "
                    + "off for the login and the database")),
    DATABASE_POOLED(lasting(CONFIGURATION, PROCESS,
            "a pooler gives each transaction another session, so the leases of companies cannot be held",
            "let warehouse.jdbc-url lead to PostgreSQL itself, or to a pooler in session mode "
                    + "(pgbouncer: pool_mode = session, ignore_startup_parameters = extra_float_digits)")),
    DATABASE_UNSUPPORTED(lasting(CONFIGURATION, PROCESS,
            "the database is no PostgreSQL that can be used",
            "use PostgreSQL 13 or later")),
    MIGRATION_FAILED(lasting(CONFIGURATION, PROCESS,
            "the schema could not be brought up to date",
            "nothing was changed by the failing migration; the login needs CREATE on the database, and a schema "
                    + "that a newer pennylane-sync made needs that version again"));

    private final ErrorDescription description;

    PostgresErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "postgres";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
