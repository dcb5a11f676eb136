package fr.pennylanesync.warehouse;

import static fr.pennylanesync.postgres.PostgresErrorCode.MIGRATION_FAILED;

import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the schema up to date. Several nodes may try at once: Flyway's own lock lets one through. */
final class WarehouseMigration {

    private static final String LOCATION = "classpath:db/migration";
    private static final String SCHEMA = "pennylane_sync";
    private static final int LOCK_ATTEMPTS = 120;

    private WarehouseMigration() {}

    /** Returns how many migrations were applied. */
    static int run(DataSource source) {
        if (ShippedMigrations.areApplied(source)) {
            return 0;
        }
        try {
            // None is ignored: an older jar must not write into a newer schema.
            return configuration(source).ignoreMigrationPatterns(new String[0]).load().migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new SyncException(MIGRATION_FAILED, sqlState(e), e);
        }
    }

    /** Returns how many migrations wait; changes nothing. */
    static int pending(DataSource source) {
        return ShippedMigrations.areApplied(source) ? 0 : configuration(source).load().info().pending().length;
    }

    /** Tells whether what was applied is what we would have applied; changes nothing. */
    static boolean isValid(DataSource source) {
        return configuration(source).ignoreMigrationPatterns("*:pending").load()
                .validateWithResult().validationSuccessful;
    }

    private static FluentConfiguration configuration(DataSource source) {
        return Flyway.configure().dataSource(new RuntimeSessions(source)).locations(LOCATION)
                .failOnMissingLocations(true)
                .defaultSchema(SCHEMA).schemas(SCHEMA).createSchemas(true)
                .cleanDisabled(true).validateOnMigrate(true)
                .lockRetryCount(LOCK_ATTEMPTS);
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return "SQLSTATE " + sql.getSQLState();
            }
        }
        return "";
    }
}
