package fr.pennylanesync.console;

import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.WarningCode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Metrics of what the warehouse says: they survive a restart and count for all nodes together. */
final class SampleMeters {

    /** Beyond that, those that lag least are left out: an alarm on the largest still rings. */
    static final int LAGS_MAX = 20_000;

    private final Sampler sampler;
    private final MultiGauge lags;
    private final MultiGauge ages;
    private final MeterRegistry meters;

    SampleMeters(Sampler sampler, MeterRegistry meters) {
        this.sampler = sampler;
        this.meters = meters;
        this.lags = MultiGauge.builder("pennylane_sync_stream_lag_seconds")
                .description("How old a change at Pennylane may be that is not here yet")
                .register(meters);
        this.ages = MultiGauge.builder("pennylane_sync_stream_age_seconds")
                .description("Time since a sync of the stream last came to its end").register(meters);
        FunctionCounter.builder("pennylane_sync_quarantined_total", this, it -> it.overview().quarantinedEver())
                .description("Entries of the quarantine, resolved ones too").register(meters);
        gauge(meters, "pennylane_sync_quarantine_open", "Entries of the quarantine that are not resolved",
                Overview.StreamOverview::quarantined);
        gauge(meters, "pennylane_sync_files_pending", "Files that wait to be archived",
                Overview.StreamOverview::pendingFiles);
        gauge(meters, "pennylane_sync_records_due", "Records and sub-lists that wait to be read",
                Overview.StreamOverview::due);
        Gauge.builder("pennylane_sync_books_differing", this,
                it -> it.overview().companies().stream().mapToLong(company -> company.books().differing()).sum())
                .description("Records that contradict the books' own rules, although they were read again")
                .register(meters);
        Gauge.builder("pennylane_sync_audits_differing", this, it -> it.auditsDiffering())
                .description("Streams and kinds whose newest audit found parts that are not as their source has them")
                .register(meters);
        Gauge.builder("pennylane_sync_warnings", sampler, it -> it.health().warningCount())
                .description("Warnings of the health")
                .register(meters);
        Gauge.builder("pennylane_sync_digest_age_seconds", sampler, it -> digestAge(it.sample()))
                .description("Time since the newest stored digest document was made; NaN before the first")
                .register(meters);
        Gauge.builder("pennylane_sync_routes_refused", sampler,
                it -> it.sample().reload().filter(state -> state.refusedAt().isPresent()).isPresent() ? 1 : 0)
                .description("1 while the routes directory holds something that is refused").register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String description,
            java.util.function.ToLongFunction<Overview.StreamOverview> figure) {
        Gauge.builder(name, this, it -> it.streams().mapToLong(figure).sum()).description(description).register(meters);
    }

    private static double digestAge(MetricSample sample) {
        return sample.anchor().anchoredAt().map(at -> Duration.between(at, Instant.now()).toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    private long auditsDiffering() {
        return sampler.sample().warnings().stream()
                .filter(warning -> warning.code().equals(WarningCode.AUDIT_DIFFERS.name())).count();
    }

    private Overview overview() {
        return sampler.sample().overview();
    }

    private Stream<Overview.StreamOverview> streams() {
        return overview().companies().stream().flatMap(company -> company.streams().stream());
    }

    /** Brings lags and ages up to date, before they are read. */
    void refresh() {
        MetricSample sample = sampler.sample();
        lags.register(rows(sample, Overview.StreamOverview::completeUpTo), true);
        ages.register(rows(sample, Overview.StreamOverview::succeededAt), true);
        sample.overview().companies().forEach(company -> company.streams().stream()
                .filter(stream -> stream.missed() > 0).forEach(stream -> countMissed(company.id(), stream.name())));
    }

    /** A counter that is registered once stays, whatever is registered again. */
    private void countMissed(long companyId, String stream) {
        FunctionCounter.builder("pennylane_sync_missed_total", this, it -> it.missed(companyId, stream))
                .description("Changes that were found although no event of a changelog had announced them")
                .tag("company", Long.toString(companyId)).tag("stream", stream).register(meters);
    }

    private long missed(long companyId, String stream) {
        return overview().companies().stream().filter(company -> company.id() == companyId)
                .flatMap(company -> company.streams().stream()).filter(each -> each.name().equals(stream))
                .mapToLong(Overview.StreamOverview::missed).sum();
    }

    private static List<MultiGauge.Row<?>> rows(MetricSample sample,
            Function<Overview.StreamOverview, Optional<Instant>> since) {
        // What is old grows older, whether the warehouse lets itself be looked at or not.
        Instant now = Instant.now();
        return sample.overview().companies().stream().filter(Overview.CompanyOverview::isActive)
                .flatMap(company -> company.streams().stream()
                        .flatMap(stream -> since.apply(stream).map(at -> new Late(company.id(), stream.name(), at))
                                .stream()))
                .sorted(Comparator.comparing(Late::since))
                .limit(LAGS_MAX).<MultiGauge.Row<?>>map(late -> MultiGauge.Row.of(
                        Tags.of("company", Long.toString(late.companyId()), "stream", late.stream()),
                        Duration.between(late.since(), now).toMillis() / 1e3))
                .toList();
    }

    private record Late(long companyId, String stream, Instant since) {}
}
