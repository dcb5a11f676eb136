package fr.pennylanesync.reload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the routes of one node stand.
 *
 * @param loadedAt since when the routes in force are
 * @param refusedAt since when the directory holds something else that is refused
 * @param faults why, one line each: file, line, rule, remedy
 */
public record ReloadState(Instant loadedAt, Optional<Instant> refusedAt, List<String> faults) {

    public ReloadState {
        faults = List.copyOf(faults);
    }

    public static ReloadState loaded(Instant at) {
        return new ReloadState(at, Optional.empty(), List.of());
    }

    public ReloadState refused(Instant at, List<String> why) {
        return new ReloadState(loadedAt, Optional.of(at), why);
    }

    /** The directory holds what is in force again. */
    public ReloadState restored() {
        return loaded(loadedAt);
    }
}
