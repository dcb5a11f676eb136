package fr.pennylanesync.console;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.lease.Services;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.RowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at everything again and again, so that whoever asks gets an answer at once, however often they ask and whatever
 * is away. What takes long is done less often.
 */
final class Sampler implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(Sampler.class);
    private static final Duration PROBED_EVERY = Duration.ofSeconds(3);
    private static final Duration SAMPLED_EVERY = Duration.ofSeconds(5);
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);
    /** Counting takes at most this part of the time. */
    private static final int COUNTING_SHARE = 20;

    private final ConsoleSources sources;
    private final List<HealthProbe> probes;
    private final ScheduledExecutorService threads = FatalErrors.scheduler(3, "console-sampler");
    private volatile MetricSample sample = MetricSample.NONE;
    private RowCounts rows = RowCounts.NONE;
    private boolean failing;
    private long countAgainNanos = System.nanoTime();

    Sampler(ConsoleSources sources) {
        this.sources = sources;
        this.probes = List.of(
                new HealthProbe("warehouse", "see that the database answers at warehouse.jdbc-url",
                        () -> sources.jdbc().sql("select 1").query(Integer.class).single()),
                new HealthProbe("companies",
                        "no company can be read: see stream_stopped in the log, report it, restart",
                        sources.companies()),
                new HealthProbe("archive", "see that the bucket of archive.s3.* answers", sources.archive()));
        probes.forEach(probe -> every(PROBED_EVERY, probe::ask));
        every(SAMPLED_EVERY, this::look);
    }

    private void every(Duration pause, Runnable work) {
        threads.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    MetricSample sample() {
        return sample;
    }

    List<HealthProbe> probes() {
        return probes;
    }

    private void look() {
        try {
            Overview overview = Overview.read(sources.jdbc());
            count();
            Instant now = Instant.now();
            ReloadState reload = sources.reload().get();
            List<Warning> warnings = Stream.concat(
                    Warnings.of(overview, reload, sources.catalog().get(), sources.staleAfter(), now).stream(),
                    ofServices().stream()).toList();
            sample = new MetricSample(now, overview, rows, Optional.of(reload), warnings);
            failing = false;
        } catch (RuntimeException away) {
            // Once, until it can be refreshed again.
            if (!failing) {
                LOG.log(new ProcessEvent.ConsoleNotRefreshed(away.getClass().getName()));
            }
            failing = true;
        }
    }

    private Optional<Warning> ofServices() {
        return Services.areInConflict(sources.jdbc())
                ? Optional.of(new Warning(Services.code(), "another run works on this warehouse", Services.remedy()))
                : Optional.empty();
    }

    private void count() {
        long began = System.nanoTime();
        if (began - countAgainNanos < 0) {
            return;
        }
        rows = RowCounts.read(sources.jdbc(), sources.states(), sources.catalog().get());
        long tookNanos = System.nanoTime() - began;
        countAgainNanos = System.nanoTime() + Math.max(COUNTED_EVERY.toNanos(), COUNTING_SHARE * tookNanos);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
