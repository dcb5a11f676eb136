package fr.pennylanesync.console;

import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.stream.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds what the page shows, for machines.
 *
 * @param at when it was looked at
 * @param rowsCountedAt when rows were counted last, which is done less often
 */
record StatusView(Instant at, Health health, Optional<ReloadState> routes, Optional<Instant> rowsCountedAt,
        List<CompanyView> companies) {

    /** @param refusal why its token is not used */
    record CompanyView(long id, String alias, String state, Optional<String> refusal, List<StreamView> streams) {}

    /**
     * @param ageSeconds since a sync of it last came to its end
     * @param lagSeconds how old a change at Pennylane may be that is not here yet; empty until it is live
     * @param rows empty if they were not counted yet
     */
    record StreamView(String stream, StreamState state, Optional<Instant> succeededAt, Optional<Long> ageSeconds,
            Optional<Long> lagSeconds, Optional<Long> rows, long due,
            long pendingFiles, long quarantined, Optional<String> error) {}

    /** @param viewer who asks: others' companies are left out */
    static StatusView of(MetricSample sample, Health health, Viewer viewer) {
        return new StatusView(sample.at(), health, sample.reload(), sample.rows().countedAt(),
                sample.overview().companies().stream().filter(company -> viewer.sees(company.alias()))
                        .map(company -> new CompanyView(company.id(), company.alias(), company.state(),
                                company.refusal(),
                                company.streams().stream().map(stream -> stream(sample, company, stream)).toList()))
                        .toList());
    }

    private static StreamView stream(MetricSample sample, Overview.CompanyOverview company,
            Overview.StreamOverview stream) {
        return new StreamView(stream.name(), stream.state(), stream.succeededAt(),
                seconds(stream.succeededAt()), seconds(stream.completeUpTo()),
                sample.rows().of(company.id(), stream.name()), stream.due(), stream.pendingFiles(),
                stream.quarantined(), stream.error());
    }

    private static Optional<Long> seconds(Optional<Instant> since) {
        return since.map(at -> Math.max(0, Instant.now().getEpochSecond() - at.getEpochSecond()));
    }
}
