package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SandboxEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes copies and rebuilds when they are due by the sandbox's clock, until closed. */
final class ShareSchedule implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(ShareSchedule.class);
    private static final long LOOK_INTERVAL_MS = 200;
    private static final long END_LIMIT_S = 60;
    /** How long a rebuild takes: readers find no table meanwhile. */
    private static final Duration REBUILD = Duration.ofSeconds(1);

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("sandbox-share"));
    private final SandboxShare share;
    private final ShareCopies copies;
    private final ShareFaults faults;
    private final InstantSource clock;
    private final ShareOptions options;
    private final Set<Long> hidden = new HashSet<>();
    private Instant rebuiltAt;
    private boolean rebuilding;

    private ShareSchedule(SandboxShare share, ShareCopies copies, ShareFaults faults, InstantSource clock,
            ShareOptions options) {
        this.share = share;
        this.copies = copies;
        this.faults = faults;
        this.clock = clock;
        this.options = options;
        this.rebuiltAt = clock.instant();
    }

    static ShareSchedule start(SandboxShare share, ShareCopies copies, ShareFaults faults, InstantSource clock,
            ShareOptions options) {
        ShareSchedule schedule = new ShareSchedule(share, copies, faults, clock, options);
        schedule.executor.scheduleWithFixedDelay(schedule::look, LOOK_INTERVAL_MS, LOOK_INTERVAL_MS,
                TimeUnit.MILLISECONDS);
        return schedule;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(END_LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault of the sandbox itself ends the copies: what it shares would no longer hold together. */
    private void look() {
        try {
            Instant now = clock.instant();
            if (!now.isBefore(copies.copiedAt().plus(options.lag()))) {
                copies.make();
                strike();
            }
            boolean due = !options.rebuildInterval().isZero()
                    && !now.isBefore(rebuiltAt.plus(options.rebuildInterval()));
            if (due && !rebuilding) {
                rebuild(now);
            }
        } catch (RuntimeException broken) {
            if (!executor.isShutdown()) {
                LOG.log(new SandboxEvent.SandboxShareStopped(broken.getClass().getName()), broken);
            }
            throw broken;
        }
    }

    private void strike() {
        for (long companyId : copies.companies()) {
            boolean struck = faults.hidesNow(companyId);
            if (struck && hidden.add(companyId)) {
                share.setVisible(companyId, false);
            } else if (!struck && hidden.remove(companyId)) {
                share.setVisible(companyId, true);
            }
        }
        if (faults.rebuildsNow() && !rebuilding) {
            rebuild(clock.instant());
        }
    }

    private void rebuild(Instant now) {
        rebuilding = true;
        rebuiltAt = now;
        share.beginRebuild();
        executor.schedule(() -> {
            share.endRebuild();
            rebuilding = false;
        }, REBUILD.toMillis(), TimeUnit.MILLISECONDS);
    }
}
