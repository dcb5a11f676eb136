package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_DIRECTORY_UNUSABLE;
import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_START_FAILED;
import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_STOP_FAILED;
import static fr.pennylanesync.postgres.ServerAccount.NOBODY;
import static fr.pennylanesync.postgres.ServerAccount.USER_NAMESPACE;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real PostgreSQL of our own, kept in a directory between runs, durable at every commit, reachable from this machine
 * only, under a generated password.
 *
 * <p>A server that already runs on the directory, left behind by a killed runtime or shared with a living one, is
 * adopted, whatever its port. The last user to close stops it; a user that was killed does not count.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    static final List<ServerAccount> ACCOUNTS_FOR_ROOT = List.of(USER_NAMESPACE, NOBODY);

    private static final EventLog LOG = EventLog.of(EmbeddedPostgres.class);
    private static final String DATABASE = "pennylane";
    private static final int PORT_MAX = 65_535;

    private volatile PostgresServer server;
    private final Secret password;
    private final DirectoryUsers.Membership membership;
    private boolean closed;

    private EmbeddedPostgres(PostgresServer server, Secret password, DirectoryUsers.Membership membership) {
        this.server = server;
        this.password = password;
        this.membership = membership;
    }

    /**
     * Starts the server of a directory, or adopts the one that runs on it.
     *
     * @param directory kept between runs; created when missing
     * @param port on 127.0.0.1; 0 takes any free one, for this run only. A server that is adopted keeps its own
     * @throws SyncException with the reason and what to do about it
     */
    public static EmbeddedPostgres start(Path directory, int port) {
        return start(directory, port, ACCOUNTS_FOR_ROOT);
    }

    static EmbeddedPostgres start(Path directory, int port, List<ServerAccount> accountsForRoot) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        try {
            List<Path> made = OwnerOnly.missing(directory);
            OwnerOnly.directory(directory);
            Path root = directory.toRealPath();
            return DirectoryUsers.exclusively(startLock(root), () -> startAlone(root, made, port, accountsForRoot));
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_DIRECTORY_UNUSABLE, directory + " (" + e + ")", e);
        }
    }

    /** Without user and password, which are given apart. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + ServerProbe.HOST + ":" + port() + "/" + DATABASE;
    }

    public String username() {
        return PostgresCluster.SUPERUSER;
    }

    public Secret password() {
        return password;
    }

    public int port() {
        return server.port();
    }

    /** Tells whether the server was already running. */
    public boolean isAdopted() {
        return server.adopted();
    }

    /** Returns the login that only reads schema {@code pennylane}; whoever opens a session with it makes it first. */
    public ReaderLogin reader() {
        return ReaderLogin.of(server.cluster().directory(), password);
    }

    /** For {@code psql} and other programs on libpq. Holds no secret: it names the file that does. */
    public String psqlUrl() {
        String passwordFile = server.cluster().passwordFile().toString();
        return "postgresql://" + username() + "@" + ServerProbe.HOST + ":" + port() + "/" + DATABASE + "?passfile="
                + URLEncoder.encode(passwordFile, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    }

    /** Tells whether the server's process is there; it may still be recovering. */
    boolean isRunning() {
        return server.isRunning();
    }

    /**
     * Starts the server again, at its port, if its process ended; adopts it if another user of the directory was
     * faster.
     *
     * @throws SyncException with the reason if it does not start
     */
    synchronized void startAgain() {
        if (closed || isRunning()) {
            return;
        }
        PostgresCluster cluster = server.cluster();
        try {
            server = DirectoryUsers.exclusively(startLock(cluster.directory().getParent()), () -> {
                Optional<PostgresServer> running = PostgresServer.running(cluster);
                // The server that ended ran on this machine, so no other one can be on the directory elsewhere.
                return running.isPresent() ? running.get() : new PostgresLaunch(cluster, port()).run();
            });
            LOG.log(new WarehouseEvent.WarehouseEmbeddedStarted(server.port(), server.adopted()));
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_DIRECTORY_UNUSABLE, cluster.directory() + " (" + e + ")", e);
        }
    }

    /** Leaves the server; stops it when nobody else uses it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            DirectoryUsers.exclusively(startLock(server.cluster().directory().getParent()), this::leaveAlone);
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_STOP_FAILED, e.toString(), e);
        }
    }

    private Void leaveAlone() throws IOException {
        membership.leave();
        boolean last = !server.cluster().users().anyone();
        if (last && isRunning()) {
            server.stop();
        }
        LOG.log(new WarehouseEvent.WarehouseEmbeddedClosed(port(), last));
        return null;
    }

    private static EmbeddedPostgres startAlone(Path root, List<Path> made, int port,
            List<ServerAccount> accountsForRoot) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpack(OwnerOnly.enclosed(root.resolve("binaries")));
        Path directory = OwnerOnly.enclosed(root.resolve(Integer.toString(binaries.majorVersion())));
        DirectoryUsers users = new DirectoryUsers(directory.resolve("users"));
        List<Path> passages =
                Stream.concat(made.stream(), Stream.of(root, binaries.home().getParent(), directory)).toList();
        ServerAccount account = ServerAccount.choose(binaries, passages, accountsForRoot);
        PostgresCluster cluster = new PostgresCluster(directory, binaries, account);
        warnOfOtherMajorVersions(root, cluster);
        cluster.initialiseOnce();
        Optional<PostgresServer> running = PostgresServer.adopt(cluster);
        PostgresServer server = running.isPresent() ? running.get() : new PostgresLaunch(cluster, port).run();
        EmbeddedPostgres started = new EmbeddedPostgres(server, cluster.password(), users.join());
        started.createDatabase();
        LOG.log(new WarehouseEvent.WarehouseEmbeddedStarted(server.port(), server.adopted()));
        return started;
    }

    private void createDatabase() throws IOException {
        try {
            new ServerProbe(server.cluster(), port()).createDatabaseOnce(DATABASE);
        } catch (SQLException e) {
            leaveAlone();
            throw new SyncException(EMBEDDED_START_FAILED,
                    "the database could not be created, SQLSTATE " + e.getSQLState(), e);
        }
    }

    /** An empty warehouse beside a full one must not look like a loss: the next sync fills it anew. */
    private static void warnOfOtherMajorVersions(Path root, PostgresCluster cluster) throws IOException {
        if (Files.exists(cluster.data())) {
            return;
        }
        try (Stream<Path> others = Files.list(root)) {
            others.filter(other -> Files.exists(other.resolve("data").resolve("PG_VERSION"))).forEach(
                    other -> LOG.log(new WarehouseEvent.WarehouseEmbeddedOtherMajorVersionFound(other.toString(),
                            cluster.directory().toString())));
        }
    }

    private static Path startLock(Path root) {
        return root.resolve("start.lock");
    }
}
