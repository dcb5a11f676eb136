package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_DIRECTORY_HELD;
import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_STOP_FAILED;

import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running server, our child or adopted from a runtime that is gone or still at work.
 *
 * @param processId of the postmaster
 */
record PostgresServer(PostgresCluster cluster, int port, long processId, boolean adopted) {

    /** Bounds how long a server whose process lives may stay silent; one that says it is recovering gets longer. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(15);
    private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(15);
    private static final long POLL_INTERVAL_MS = 50;

    /** The server that already runs on this directory, if it answers as ours. */
    static Optional<PostgresServer> adopt(PostgresCluster cluster) throws IOException {
        Optional<PostgresServer> running = running(cluster);
        if (running.isEmpty()) {
            refuseIfHeldElsewhere(cluster);
        }
        return running;
    }

    /** Does as {@link #adopt} does, where nobody else can hold the directory. */
    static Optional<PostgresServer> running(PostgresCluster cluster) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.read(cluster.data());
        if (file.isPresent() && awaitAnswer(new ServerProbe(cluster, file.get().port()), file.get()::mayBeAServer)) {
            return Optional.of(new PostgresServer(cluster, file.get().port(), file.get().processId(), true));
        }
        return Optional.empty();
    }

    boolean isRunning() {
        return PostmasterFile.isRunning(processId);
    }

    /** Waits until our server answers; false when its process ended or it stayed silent for too long. */
    static boolean awaitAnswer(ServerProbe probe, Liveness process) throws IOException {
        Instant giveUpAt = Instant.now().plus(RECOVERY_LIMIT);
        Instant silentUntil = Instant.now().plus(SILENCE_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(silentUntil) && Instant.now().isBefore(giveUpAt)) {
            switch (probe.ask()) {
                case OURS -> {
                    return true;
                }
                case NOT_YET -> silentUntil = Instant.now().plus(SILENCE_LIMIT);
                case NOT_OURS -> {}
            }
            pause(POLL_INTERVAL_MS);
        }
        return false;
    }

    /** Stops the server: open transactions are rolled back, committed ones are safe either way. */
    void stop() throws IOException {
        if (stop("fast", FAST_STOP_LIMIT).succeeded()) {
            return;
        }
        CommandResult result = stop("immediate", IMMEDIATE_STOP_LIMIT);
        if (!result.succeeded() && PostmasterFile.read(cluster.data()).isPresent()) {
            throw new SyncException(EMBEDDED_STOP_FAILED,
                    cluster.data() + ", " + result.output() + ", see " + cluster.log());
        }
    }

    static void pause(long durationMs) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(durationMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for PostgreSQL");
        }
    }

    private CommandResult stop(String mode, Duration limit) throws IOException {
        List<String> command = List.of(cluster.binaries().program("pg_ctl"), "stop", "-D", cluster.data().toString(),
                "-m", mode, "-w", "-t", Long.toString(limit.toSeconds()));
        return CommandResult.of(cluster.account().command(command), limit.plusSeconds(5));
    }

    /**
     * Another container has process ids and a loopback of its own: its server neither shows nor answers here, and a
     * second one on the same files would destroy them. Its user's lock does show.
     */
    private static void refuseIfHeldElsewhere(PostgresCluster cluster) throws IOException {
        if (cluster.users().anyoneElsewhere()) {
            throw new SyncException(EMBEDDED_DIRECTORY_HELD, cluster.data().toString());
        }
    }

    /** Tells whether a process still runs. */
    interface Liveness {
        boolean isAlive();
    }
}
