package fr.pennylanesync.console;

import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.RowCounts;
import fr.pennylanesync.report.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Holds what the console saw last. */
record MetricSample(Instant at, Overview overview, RowCounts rows, Optional<ReloadState> reload,
        List<Warning> warnings, AnchorStatus anchor) {

    static final MetricSample NONE =
            new MetricSample(Instant.EPOCH, new Overview(List.of(), 0), RowCounts.NONE, Optional.empty(), List.of(),
                    AnchorStatus.UNKNOWN);

    MetricSample counted(RowCounts counts) {
        return new MetricSample(at, overview, counts, reload, warnings, anchor);
    }
}
