package fr.pennylanesync.reload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says which routes of one node are in force, and whether a change was refused.
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
