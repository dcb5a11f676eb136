package fr.pennylanesync.console;

import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.CompanyFigures;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.RowCounts;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WorkLeft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what the console saw last.
 *
 * @param counted what is counted less often
 * @param routes the files in force
 */
record MetricSample(Instant at, Overview overview, Counted counted, Optional<ReloadState> reload,
        List<Warning> warnings, AnchorStatus anchor, Map<String, RouteTimes.RouteTime> routes) {

    /** @param figures by company */
    record Counted(RowCounts rows, Map<Long, CompanyFigures> figures, Map<Long, WorkLeft> left) {

        static final Counted NONE = new Counted(RowCounts.NONE, Map.of(), Map.of());

        CompanyFigures figures(long company) {
            return figures.getOrDefault(company, CompanyFigures.NONE);
        }
    }

    static final MetricSample NONE =
            new MetricSample(Instant.EPOCH, new Overview(List.of(), 0), Counted.NONE, Optional.empty(), List.of(),
                    AnchorStatus.UNKNOWN, Map.of());

    MetricSample counted(Counted now) {
        return new MetricSample(at, overview, now, reload, warnings, anchor, routes);
    }

    /** Returns what is known to be missing of a company. */
    Optional<WorkLeft> left(long company) {
        return Optional.ofNullable(counted.left().get(company));
    }

    RowCounts rows() {
        return counted.rows();
    }
}
