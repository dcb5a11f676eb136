package fr.pennylanesync.console;

import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.warehouse.Overview;
import fr.pennylanesync.warehouse.RowCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the console saw last. */
record Sample(Instant at, Overview overview, RowCounts rows, Optional<ReloadState> reload, List<Warning> warnings) {

    static final Sample NONE = new Sample(Instant.EPOCH, new Overview(List.of(), 0), RowCounts.NONE, Optional.empty(), List.of());
}
