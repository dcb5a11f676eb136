package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_PORT_TAKEN;
import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_START_FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Starts {@code postgres} as our direct child and waits for its answer. */
record PostgresLaunch(PostgresCluster cluster, int wantedPort) {

    /**
     * Durable, local, bounded, and silent about data: a server log at level "log" has no statement errors, whose texts
     * quote values. Given on the command line, they win over any configuration file.
     */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("listen_addresses", ServerProbe.HOST),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "100"),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("scram_iterations", "4096"),
            Map.entry("lc_messages", "C"),
            Map.entry("log_destination", "stderr"),
            Map.entry("logging_collector", "off"),
            Map.entry("log_line_prefix", "%m [%p] "),
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_statement", "none"),
            Map.entry("log_min_duration_statement", "-1"),
            Map.entry("log_parameter_max_length", "0"),
            Map.entry("log_parameter_max_length_on_error", "0"),
            Map.entry("log_checkpoints", "off"));

    private static final int ATTEMPTS = 20;
    private static final long RETRY_INTERVAL_MS = 500;
    private static final long LOG_LIMIT_BYTES = 10L * 1024 * 1024;
    private static final int LOG_TAIL_CHARACTERS = 2_000;
    private static final long END_LIMIT_S = 10;

    /** The running server. Retries while a dead server's process entry lingers, and when a free port was snatched. */
    PostgresServer run() throws IOException {
        rotateLog();
        OwnerOnly.open(cluster.log()).close();
        cluster.account().own(cluster.data());
        String reason = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = choosePort();
            long logStart = Files.exists(cluster.log()) ? Files.size(cluster.log()) : 0;
            Process process = start(port);
            if (PostgresServer.awaitAnswer(new ServerProbe(cluster, port), process::isAlive)) {
                long postmaster =
                        PostmasterFile.read(cluster.data()).map(PostmasterFile::processId).orElse(process.pid());
                return new PostgresServer(cluster, port, postmaster, false);
            }
            end(process);
            reason = logSince(logStart);
            if (!isWorthAnotherTry(reason)) {
                break;
            }
            PostgresServer.pause(RETRY_INTERVAL_MS);
        }
        throw new SyncException(EMBEDDED_START_FAILED, cluster.data() + ", " + reason + ", see " + cluster.log());
    }

    private Process start(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                cluster.binaries().program("postgres"), "-D", cluster.data().toString(), "-p", Integer.toString(port)));
        new TreeMap<>(PARAMETERS).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder builder = CommandResult.builder(cluster.account().detached(command));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.log().toFile()));
        // The id in postmaster.pid may by now be that of another program. PostgreSQL takes the id in this variable for
        // an ancestor of its own and so for no server, and still checks the shared memory of the old one.
        PostmasterFile.read(cluster.data()).filter(PostmasterFile::isReused).ifPresent(
                file -> builder.environment().put("PG_GRANDPARENT_PID", Long.toString(file.processId())));
        return builder.start();
    }

    private boolean isWorthAnotherTry(String reason) {
        boolean processEntryLingers = reason.contains("postmaster.pid\" already exists")
                || reason.contains("pre-existing shared memory block");
        boolean freePortSnatched = wantedPort == 0 && reason.contains("could not bind");
        return processEntryLingers || freePortSnatched;
    }

    private int choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(ServerProbe.HOST), wantedPort));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_PORT_TAKEN, "port " + wantedPort + " on " + ServerProbe.HOST, e);
        }
    }

    private static void end(Process process) throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(END_LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending PostgreSQL", e);
        }
    }

    private void rotateLog() throws IOException {
        Path log = cluster.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String logSince(long start) throws IOException {
        byte[] log = Files.readAllBytes(cluster.log());
        int from = (int) Math.min(start, log.length);
        String fresh = new String(log, from, log.length - from, UTF_8).strip();
        return fresh.substring(Math.max(0, fresh.length() - LOG_TAIL_CHARACTERS));
    }
}
