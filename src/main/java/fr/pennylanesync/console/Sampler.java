package fr.pennylanesync.console;

import fr.pennylanesync.console.MetricSample.Counted;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.CompanyFigures;
import fr.pennylanesync.report.CompanySummary;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.RowCounts;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks at everything again and again, so that whoever asks gets an answer at once, however often they ask and whatever
 * is away. What takes long is done less often.
 */
final class Sampler implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(Sampler.class);
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);
    /** Is many times as long as the tables are looked at in an installation that is well. */
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(2);
    /** Counting takes at most this part of the time. */
    private static final int COUNTING_SHARE = 20;
    /** So does looking at the tables, which takes seconds where there are thousands of companies. */
    private static final int LOOKING_SHARE = 10;
    /** Is as long as figures are new on a page, but for the look itself. */
    private static final Duration LOOKING_PAUSE_MAX = Duration.ofSeconds(20);

    private final ConsoleSources sources;
    private final List<HealthProbe> probes;
    private final HealthProbe process;
    private final FirstSeen seenInWarehouse = new FirstSeen();
    private final FirstSeen seenHere = new FirstSeen();
    private final RouteTimes routes = new RouteTimes();
    private final Trends trends = new Trends();
    private final ScheduledExecutorService threads = FatalErrors.scheduler(4, "console-sampler");
    private final Instant beganAt = Instant.now();
    private volatile MetricSample sample = MetricSample.NONE;
    private volatile List<Warning> local = List.of();
    private Counted counted = Counted.NONE;
    private boolean failing;
    private boolean isCountedOnce;
    private long lookedNanos;
    private Duration lookPause = Duration.ZERO;
    private long countedNanos;
    private long countPauseNanos;

    /**
     * Says how often it looks.
     *
     * @param probed at what answers at once
     * @param sampled at the tables
     */
    record Pace(Duration probed, Duration sampled) {

        static final Pace USUAL = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    Sampler(ConsoleSources sources, Pace pace) {
        this.sources = sources;
        this.probes = List.of(
                new HealthProbe("warehouse", "see that the database of warehouse.* answers",
                        sources.questions().warehouse()),
                new HealthProbe("companies",
                        "no company can be read: see stream_stopped in the log, report it, restart",
                        sources.questions().companies()),
                new HealthProbe("archive", "see that the bucket of archive.s3.* answers",
                        sources.questions().archive()));
        this.process = new HealthProbe("process", "restart it", sources.questions().process());
        Stream.concat(probes.stream(), Stream.of(process)).forEach(probe -> every(pace.probed(), probe::ask));
        every(pace.sampled(), this::lookAgain);
        every(pace.probed(), this::lookAtProcess);
    }

    private void every(Duration pause, Runnable work) {
        threads.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    MetricSample sample() {
        return sample;
    }

    /** Tells whether work can be done, and everything that somebody should look at. */
    Health health() {
        MetricSample seen = sample;
        if (seen == MetricSample.NONE) {
            return Health.starting(beganAt);
        }
        List<Warning> warnings = Stream.of(old(seen, Instant.now()).stream(), local.stream(), seen.warnings().stream())
                .flatMap(Function.identity()).toList();
        return Health.of(probes.stream().map(Health::check).toList(), warnings);
    }

    /** Finds out whether what is shown is too old to say that all is well. */
    static Optional<Warning> old(MetricSample seen, Instant now) {
        return seen.at().plus(SEEN_WITHIN).isBefore(now) ? Optional.of(Warning.of(WarningCode.FIGURES_OLD,
                "the warehouse's tables", Optional.of(seen.at()))) : Optional.empty();
    }

    /** Tells whether only another start of the process helps. */
    Health live() {
        return process.failure().filter(failed -> !failed.code().equals(HealthProbe.NOT_ASKED_YET)).isPresent()
                ? Health.of(List.of(Health.check(process)), List.of())
                : Health.alive();
    }

    /** Looks, unless the last look took so long that it is not fair yet to look again. */
    private void lookAgain() {
        long began = System.nanoTime();
        if (began - lookedNanos >= lookPause.toNanos()) {
            look();
            lookedNanos = System.nanoTime();
            lookPause = pause(Duration.ofNanos(lookedNanos - began));
        }
    }

    /**
     * Returns how long there is to be no further look.
     *
     * @param took how long the last one took
     */
    static Duration pause(Duration took) {
        Duration fair = took.multipliedBy(LOOKING_SHARE - 1L);
        return fair.compareTo(LOOKING_PAUSE_MAX) < 0 ? fair : LOOKING_PAUSE_MAX;
    }

    private void look() {
        try {
            Overview overview = Overview.read(sources.jdbc(), sources.catalog().get());
            Instant now = Instant.now();
            ReloadState reload = sources.reload().get();
            AnchorStatus anchor = AnchorStatus.read(sources.jdbc());
            List<Warning> warnings = Stream.of(
                    Warnings.of(overview, List.of(reload), sources.catalog().get(), sources.staleAfter(), now)
                            .stream(),
                    Warnings.ofServices(sources.jdbc()).stream(),
                    Warnings.ofAudits(sources.jdbc(), sources.catalog().get(), sources.hasShare()).stream(),
                    anchor.warning(now).stream())
                    .flatMap(Function.identity())
                    .map(warning -> warning.remediedBy(sources.service().remedies())).toList();
            sample = new MetricSample(now, overview, counted, Optional.of(reload), seenInWarehouse.dated(warnings, now),
                    anchor, routes.note(sources.service().routeFiles().get(), reload.loadedAt()));
            overview.companies().forEach(company -> note(company, now));
            count(overview);
            failing = false;
        } catch (RuntimeException away) {
            // Once, until it can be refreshed again.
            if (!failing) {
                LOG.log(new ProcessEvent.ConsoleNotRefreshed(away.getClass().getName()));
            }
            failing = true;
        }
    }

    private void note(Overview.CompanyOverview company, Instant now) {
        CompanySummary summary =
                CompanySummary.of(company, sources.catalog().get(), counted.figures(company.id()));
        trends.note(company.id(), now,
                summary.completeUpTo().map(at -> Duration.between(at, now).toMillis() / 1e3).orElse(-1.0),
                sources.service().utilisation().applyAsDouble(company.id()));
    }

    /** Returns how lag and use of the budget went. */
    Trends trends() {
        return trends;
    }

    private void lookAtProcess() {
        local = seenHere.dated(sources.local().get(), Instant.now());
    }

    /** Counts again when the last count is old, or sooner when something was not counted yet. */
    private void count(Overview overview) {
        long began = System.nanoTime();
        long pauseNanos = isCounted(overview) ? Math.max(COUNTED_EVERY.toNanos(), countPauseNanos) : countPauseNanos;
        if (isCountedOnce && began - countedNanos < pauseNanos) {
            return;
        }
        counted = new Counted(
                RowCounts.read(sources.jdbc(), sources.states(), sources.catalog().get(), Instant.now()),
                CompanyFigures.read(sources.jdbc(), sources.catalog().get(), sources.hasShare()),
                WorkLeft.read(sources.jdbc(), sources.catalog().get(), sources.service().budget()));
        sample = sample.counted(counted);
        isCountedOnce = true;
        countedNanos = System.nanoTime();
        countPauseNanos = COUNTING_SHARE * (countedNanos - began);
    }

    private boolean isCounted(Overview overview) {
        return overview.companies().stream().allMatch(company -> company.streams().stream()
                .filter(stream -> stream.state() == StreamState.LIVE)
                .allMatch(stream -> counted.rows().of(company.id(), stream.name()).isPresent()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
