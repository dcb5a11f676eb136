package fr.pennylanesync.warehouse;

import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.postgres.ReaderLogin;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens the warehouse for somebody who reads: starts the embedded server, or adopts the one that runs, and gives
 * sessions of the role {@code pennylane_reader} that cannot write. The schema is left as it is.
 */
public final class WarehouseReader implements AutoCloseable {

    private static final Duration SOCKET_TIMEOUT = Duration.ZERO;
    private static final String READ_ONLY = "-c default_transaction_read_only=on";
    private static final String JDBC = "jdbc:";
    /** Grants what docs/roles.sql grants to analysts; several sessions may begin at once. */
    private static final String ROLE = """
            do $$
            begin
                perform pg_advisory_xact_lock(7305804402);
                if not exists (select from pg_roles where rolname = 'pennylane_reader') then
                    create role pennylane_reader login;
                end if;
                grant usage on schema pennylane to pennylane_reader;
                grant select on all tables in schema pennylane to pennylane_reader;
                alter default privileges in schema pennylane grant select on tables to pennylane_reader;
                alter role pennylane_reader login;
                alter role pennylane_reader set default_transaction_read_only = on;
            end
            $$""";

    private final Optional<EmbeddedPostgres> embedded;
    private final Settings.Database database;
    private final boolean isReader;

    private WarehouseReader(Optional<EmbeddedPostgres> embedded, Settings.Database database, boolean isReader) {
        this.embedded = embedded;
        this.database = database;
        this.isReader = isReader;
    }

    /**
     * Opens the warehouse that the settings name.
     *
     * @throws fr.pennylanesync.failure.SyncException with a code and a remedy
     */
    public static WarehouseReader open(Settings.Warehouse settings) {
        Optional<EmbeddedPostgres> embedded = settings.database().isPresent() ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(settings.embedded().directory(), settings.embedded().port()));
        try {
            Settings.Database owner =
                    settings.database().orElseGet(() -> Warehouse.databaseOf(embedded.orElseThrow()));
            WarehouseServer server = new WarehouseServer(owner);
            server.await(settings.startTimeout(), false, progress -> {});
            JdbcClient jdbc = JdbcClient.create(server.source(SOCKET_TIMEOUT));
            return embedded.isPresent() ? ofEmbedded(embedded.get(), jdbc)
                    : new WarehouseReader(embedded, owner, mayBeReader(jdbc));
        } catch (RuntimeException failure) {
            embedded.ifPresent(EmbeddedPostgres::close);
            throw failure;
        }
    }

    private static WarehouseReader ofEmbedded(EmbeddedPostgres postgres, JdbcClient jdbc) {
        ReaderLogin login = postgres.reader();
        if (hasSchema(jdbc)) {
            jdbc.sql(ROLE).update();
            // Its letters are those of base64, so nothing in it ends the literal.
            jdbc.sql("alter role pennylane_reader password '" + login.password().reveal() + "'").update();
            login.writePasswordFile();
        }
        return new WarehouseReader(Optional.of(postgres),
                new Settings.Database(postgres.jdbcUrl(), login.username(), Optional.of(login.password())),
                hasSchema(jdbc));
    }

    private static boolean hasSchema(JdbcClient jdbc) {
        return jdbc.sql("select to_regnamespace('pennylane') is not null").query(Boolean.class).single();
    }

    private static boolean mayBeReader(JdbcClient jdbc) {
        return jdbc.sql("select coalesce(bool_or(pg_has_role(oid, 'member')"
                + " and has_schema_privilege(oid, to_regnamespace('pennylane'), 'usage')), false)"
                + " from pg_roles where rolname = ?").param(ReaderLogin.ROLE).query(Boolean.class).single();
    }

    /** Tells whether its sessions have the reader's rights: not where the warehouse lacks that role. */
    public boolean isReader() {
        return isReader;
    }

    /** Tells whether nothing was ever synced into it. */
    public boolean isEmpty() {
        return embedded.isPresent() && !isReader;
    }

    /** Returns a session whose transactions only read. */
    public Connection connect() throws SQLException {
        PGSimpleDataSource source = new WarehouseServer(database).source(SOCKET_TIMEOUT);
        source.setOptions(options());
        Connection connection = source.getConnection();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    private String options() {
        return embedded.isEmpty() && isReader ? READ_ONLY + " -c role=" + ReaderLogin.ROLE : READ_ONLY;
    }

    /** Returns the address for {@code psql}; it holds no secret. */
    public String psqlUrl() {
        String url = database.jdbcUrl().substring(JDBC.length());
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters) + "?" + libpq(url.substring(parameters + 1));
    }

    /** Only what both drivers call by the same name. */
    private static String libpq(String parameters) {
        StringBuilder kept = new StringBuilder();
        for (String parameter : parameters.split("&")) {
            if (parameter.matches("(sslmode|sslrootcert|sslcert|sslkey)=.*")) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.toString();
    }

    /** Returns what {@code psql} needs to know beside the address; one of the values is the password. */
    public Map<String, String> psqlEnvironment() {
        Map<String, String> environment = new HashMap<>(Map.of("PGUSER", database.username(), "PGOPTIONS", options(),
                "PGAPPNAME", "pennylane-sync psql"));
        database.password().map(Secret::reveal).ifPresent(password -> environment.put("PGPASSWORD", password));
        return environment;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
