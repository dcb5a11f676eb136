package fr.pennylanesync.console;

import fr.pennylanesync.report.Warning;
import java.time.Instant;
import java.util.List;

/** Remembers since when a warning is seen, for those that no table tells the beginning of. Not for several threads. */
final class FirstSeen {

    private List<Warning> before = List.of();

    /** Adds to each warning when it was first seen; one that went and comes again begins anew. */
    List<Warning> dated(List<Warning> warnings, Instant now) {
        List<Warning> dated = warnings.stream().map(warning -> warning.orSince(before.stream()
                .filter(warning::isSameAs).flatMap(known -> known.since().stream()).findFirst().orElse(now))).toList();
        before = dated;
        return dated;
    }
}
