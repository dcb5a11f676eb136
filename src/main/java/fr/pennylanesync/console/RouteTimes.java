package fr.pennylanesync.console;

import fr.pennylanesync.reload.RouteStamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Remembers since when each route file is in force as it is. Not for several threads. */
final class RouteTimes {

    /** @param since when the file is in force as it is */
    record RouteTime(RouteStamp file, Instant since) {}

    private Map<String, RouteTime> known = new TreeMap<>();

    /**
     * Takes note of the files in force.
     *
     * @param loadedAt when they took over
     */
    Map<String, RouteTime> note(Map<String, RouteStamp> files, Instant loadedAt) {
        Map<String, RouteTime> now = new TreeMap<>();
        files.forEach((name, file) -> {
            RouteTime before = known.get(name);
            boolean same = before != null && before.file().hash().equals(file.hash());
            now.put(name, new RouteTime(file, same ? before.since() : loadedAt));
        });
        known = now;
        return Map.copyOf(now);
    }
}
