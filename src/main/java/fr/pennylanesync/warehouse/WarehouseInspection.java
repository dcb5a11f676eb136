package fr.pennylanesync.warehouse;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A look at the warehouse that changes nothing in it: no migration is applied. */
public final class WarehouseInspection implements AutoCloseable {

    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(1);

    private final Optional<EmbeddedPostgres> embedded;
    private final DataSource source;
    private final JdbcClient jdbc;

    private WarehouseInspection(Optional<EmbeddedPostgres> embedded, DataSource source) {
        this.embedded = embedded;
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    /**
     * Reaches the configured database, once, or starts the embedded one.
     *
     * @throws SyncException with a code and a remedy
     */
    public static WarehouseInspection open(Settings.Warehouse settings) {
        Optional<EmbeddedPostgres> embedded = settings.database().isPresent() ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(settings.embedded().directory(), settings.embedded().port()));
        try {
            WarehouseServer server = new WarehouseServer(
                    settings.database().orElseGet(() -> Warehouse.databaseOf(embedded.orElseThrow())));
            server.await(Duration.ZERO, false, progress -> {});
            return new WarehouseInspection(embedded, server.source(SOCKET_TIMEOUT));
        } catch (RuntimeException failure) {
            embedded.ifPresent(EmbeddedPostgres::close);
            throw failure;
        }
    }

    /** Plain connections, one per statement. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Such as {@code 16.4}. */
    public String version() {
        return jdbc.sql("select split_part(current_setting('server_version'), ' ', 1)").query(String.class).single();
    }

    /** Tells whether nothing can be written now. */
    public boolean isReadOnly() {
        return jdbc.sql(WarehouseServer.IS_READ_ONLY).query(Boolean.class).single();
    }

    public int pendingMigrations() {
        return WarehouseMigration.pending(source);
    }

    /** Tells whether a migration failed, was changed, or comes from a newer version: a start would be refused. */
    public boolean isSchemaForeign() {
        return !WarehouseMigration.isValid(source);
    }

    public boolean mayCreateSchemas() {
        return jdbc.sql("select has_database_privilege(current_database(), 'CREATE')").query(Boolean.class).single();
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
