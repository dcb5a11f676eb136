package fr.pennylanesync.console;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Remembers since when each route file is in force as it is. Not for several threads. */
final class RouteTimes {

    /** @param hash of its content */
    record RouteTime(String hash, Instant since) {}

    private Map<String, RouteTime> known = new TreeMap<>();

    /**
     * Takes note of the files in force.
     *
     * @param loadedAt when they took over
     */
    Map<String, RouteTime> note(Map<String, String> files, Instant loadedAt) {
        Map<String, RouteTime> now = new TreeMap<>();
        files.forEach((name, hash) -> {
            RouteTime before = known.get(name);
            now.put(name, before != null && before.hash().equals(hash) ? before : new RouteTime(hash, loadedAt));
        });
        known = now;
        return Map.copyOf(now);
    }
}
