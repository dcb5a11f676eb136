package fr.pennylanesync.cli;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamProgress;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress of a sync on standard error: requests made of those that are known to come, rows, the use of the budgets
 * and the time left. On a terminal one moving line, else a line now and then. What is known grows while lists are read:
 * so does the end.
 */
final class ProgressLine implements AutoCloseable {

    private static final int REDRAW_MILLIS = 500;
    private static final int LINE_EVERY_MILLIS = 5_000;
    private static final int WIDTH = 110;

    private final SyncRuntime runtime;
    private final Warehouse warehouse;
    private final ProgressBar bar;
    private final ScheduledExecutorService clock = FatalErrors.scheduler(1, "progress");

    private ProgressLine(SyncRuntime runtime, Warehouse warehouse) {
        this.runtime = runtime;
        this.warehouse = warehouse;
        boolean terminal = System.console() != null;
        this.bar =
                new ProgressBarBuilder().setTaskName("sync").setUnit(" requests", 1).setInitialMax(1).continuousUpdate()
                        .setStyle(ProgressBarStyle.ASCII).setMaxRenderedLength(WIDTH)
                        .setUpdateIntervalMillis(terminal ? REDRAW_MILLIS : LINE_EVERY_MILLIS)
                        .setConsumer(terminal ? new ConsoleProgressBarConsumer(System.err, WIDTH)
                                : new DelegatingProgressBarConsumer(System.err::println, WIDTH))
                        .build();
        clock.scheduleWithFixedDelay(this::update, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    static ProgressLine start(SyncRuntime runtime, Warehouse warehouse) {
        return new ProgressLine(runtime, warehouse);
    }

    private void update() {
        List<StreamProgress> streams = runtime.progress().all();
        long requests = streams.stream().mapToLong(StreamProgress::requests).sum();
        long running = streams.stream().filter(stream -> stream.outcome() == StreamOutcome.RUNNING).count();
        double budget = streams.stream().mapToLong(StreamProgress::companyId).distinct()
                .mapToDouble(runtime::utilisation).average().orElse(0);
        bar.maxHint(requests + running + due());
        bar.stepTo(requests);
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d rows, budget %.0f %%",
                streams.stream().mapToLong(StreamProgress::records).sum(), 100 * budget));
    }

    /** Sub-lists and records that wait to be read: each needs about a request. */
    private long due() {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.due").query(Long.class).single();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        update();
        bar.close();
    }
}
