package fr.pennylanesync.postgres;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the embedded PostgreSQL: a server whose process ended is started again at its port, so that whoever uses
 * it only sees broken connections. Attempts in a row come with growing pauses and are limited, since a server that ends
 * again and again needs somebody.
 */
public final class EmbeddedSupervisor implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(EmbeddedSupervisor.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /**
     * Says how patient it is.
     *
     * @param attemptsMax starts in a row, before it gives up
     * @param firstPause after the first start; each further one is twice as long, up to {@code longestPause}
     * @param stableAfter a server that ran for so long begins a new row
     */
    record RestartLimits(int attemptsMax, Duration firstPause, Duration longestPause, Duration stableAfter) {

        static final RestartLimits DEFAULT = new RestartLimits(10, Duration.ofSeconds(1), Duration.ofMinutes(1),
                Duration.ofMinutes(10));

        private Duration pauseAfter(int attempt) {
            Duration pause = firstPause;
            for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
                pause = pause.multipliedBy(2);
            }
            return pause.compareTo(longestPause) < 0 ? pause : longestPause;
        }
    }

    /**
     * Says how often the server was started again by this process.
     *
     * @param lastAt when it was the last time
     */
    public record Restarts(long count, Optional<Instant> lastAt) {}

    private enum ServerState { RUNNING, ENDED, GIVEN_UP }

    private final EmbeddedPostgres server;
    private final RestartLimits limits;
    private final ScheduledExecutorService watch = FatalErrors.scheduler(1, "embedded-postgres");
    private volatile ServerState state = ServerState.RUNNING;
    private volatile Restarts restarts = new Restarts(0, Optional.empty());
    private int attempts;
    private long notBeforeNanos = System.nanoTime();

    private EmbeddedSupervisor(EmbeddedPostgres server, RestartLimits limits) {
        this.server = server;
        this.limits = limits;
        watch.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks after a server from now on, and closes it in the end. */
    public static EmbeddedSupervisor start(EmbeddedPostgres server) {
        return start(server, RestartLimits.DEFAULT);
    }

    static EmbeddedSupervisor start(EmbeddedPostgres server, RestartLimits limits) {
        return new EmbeddedSupervisor(server, limits);
    }

    private void look() {
        if (state == ServerState.GIVEN_UP) {
            return;
        }
        if (server.isRunning()) {
            state = ServerState.RUNNING;
            if (System.nanoTime() - notBeforeNanos > limits.stableAfter().toNanos()) {
                attempts = 0;
            }
            return;
        }
        if (state == ServerState.RUNNING) {
            state = ServerState.ENDED;
            LOG.log(new WarehouseEvent.WarehouseEmbeddedDied(server.port(), PostgresErrorCode.EMBEDDED_DIED.name(),
                    restarts.count()));
        }
        if (System.nanoTime() - notBeforeNanos >= 0) {
            restart();
        }
    }

    private void restart() {
        if (attempts == limits.attemptsMax()) {
            state = ServerState.GIVEN_UP;
            PostgresErrorCode code = PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED;
            LOG.log(new WarehouseEvent.WarehouseEmbeddedGivenUp(code.name(), attempts, code.remedy()));
            return;
        }
        attempts++;
        try {
            server.startAgain();
            restarts = new Restarts(restarts.count() + 1, Optional.of(Instant.now()));
            state = ServerState.RUNNING;
        } catch (SyncException failure) {
            LOG.log(new WarehouseEvent.WarehouseEmbeddedNotRestarted(failure.code().name(), attempts,
                    failure.remedy()));
        } finally {
            notBeforeNanos = System.nanoTime() + limits.pauseAfter(attempts).toNanos();
        }
    }

    /** @throws SyncException if the server's process is not there: for now, or for good */
    public void requireRunning() {
        if (state == ServerState.GIVEN_UP) {
            throw new SyncException(PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED);
        }
        if (state == ServerState.ENDED || !server.isRunning()) {
            throw new SyncException(PostgresErrorCode.EMBEDDED_DIED);
        }
    }

    /** @throws SyncException once the server is not started again any more: only another process would try */
    public void requireHope() {
        if (state == ServerState.GIVEN_UP) {
            throw new SyncException(PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED);
        }
    }

    public Restarts restarts() {
        return restarts;
    }

    /** For {@code psql}; see {@link EmbeddedPostgres#psqlUrl()}. */
    public String psqlUrl() {
        return server.psqlUrl();
    }

    /** Stops looking, and leaves the server. */
    @Override
    public void close() {
        watch.shutdownNow();
        server.close();
    }
}
