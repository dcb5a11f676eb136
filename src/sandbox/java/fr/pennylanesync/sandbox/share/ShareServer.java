package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The PostgreSQL behind the share: a database of its own for each sandbox, gone when that closes, and logins whose
 * passwords are exchanged as Redshift does it, which Amazon's driver needs.
 */
final class ShareServer implements AutoCloseable {

    static final String READERS = "sandbox_share_readers";

    private static final String DATABASE_PREFIX = "share_";
    private static final String LOGIN_PREFIX = "u_";
    /** Readers prove an md5 digest of their password; everybody else has to do better. */
    private static final String ACCESS_RULES = "values ('host all +" + READERS + " 127.0.0.1/32 md5'),"
            + " ('local all all scram-sha-256'), ('host all all 127.0.0.1/32 scram-sha-256')";

    private final EmbeddedPostgres postgres;
    private final SecureRandom random = new SecureRandom();
    private final String database;
    private final List<String> logins = new ArrayList<>();

    private ShareServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.database = DATABASE_PREFIX + number();
    }

    static ShareServer start(Path directory) {
        ShareServer server = new ShareServer(EmbeddedPostgres.start(directory, 0));
        try {
            server.prepare();
            return server;
        } catch (SQLException failed) {
            server.postgres.close();
            throw new SandboxShareFailure("the share's database could not be prepared", failed);
        }
    }

    int port() {
        return postgres.port();
    }

    String database() {
        return database;
    }

    /** A connection that may do everything. */
    Connection connect() throws SQLException {
        return connect(database);
    }

    /** Runs statements in one transaction. */
    void execute(List<String> statements) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            execute(connection, statements);
            connection.commit();
        } catch (SQLException failed) {
            throw new SandboxShareFailure("the share's database refused a statement", failed);
        }
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A new login that may read, but sees no company yet. */
    synchronized ShareLogin createLogin() {
        ShareLogin login = new ShareLogin(LOGIN_PREFIX + number(), number() + number());
        execute(List.of("set password_encryption = 'md5'",
                "create role " + login.username() + " login in role " + READERS + " password '" + login.password()
                        + "'"));
        logins.add(login.username());
        return login;
    }

    @Override
    public synchronized void close() {
        try (Connection connection = connect("postgres")) {
            execute(connection, List.of("drop database if exists " + database + " with (force)"));
            execute(connection, logins.stream().map(login -> "drop role if exists " + login).toList());
        } catch (SQLException leftBehind) {
            throw new SandboxShareFailure("the share's database could not be removed", leftBehind);
        } finally {
            postgres.close();
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = connect("postgres")) {
            if (!postgres.isAdopted()) {
                removeLeftovers(connection);
            }
            execute(connection, List.of("do $$ begin create role " + READERS + "; exception when duplicate_object or"
                    + " unique_violation then null; end $$", "create database " + database));
            execute(connection, List.of("do $$ begin execute format('copy (" + ACCESS_RULES.replace("'", "''")
                    + ") to %L', current_setting('hba_file')); end $$", "select pg_reload_conf()"));
        }
    }

    /** What a killed sandbox left: nobody else is here. */
    private static void removeLeftovers(Connection connection) throws SQLException {
        for (String name : names(connection, "select datname from pg_database where datname like 'share\\_%'")) {
            execute(connection, List.of("drop database " + name));
        }
        for (String name : names(connection, "select rolname from pg_roles where rolname ~ '^u_[0-9]+$'")) {
            execute(connection, List.of("drop role " + name));
        }
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    private Connection connect(String name) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", postgres.username());
        login.setProperty("password", postgres.password().reveal());
        login.setProperty("options",
                "-c synchronous_commit=off -c md5_password_warnings=off -c client_min_messages=error");
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name, login);
    }

    private String number() {
        return Long.toString(random.nextLong(1_000_000_000L, 9_999_999_999L));
    }
}
