package fr.pennylanesync.console;

import fr.pennylanesync.reload.RouteStamp;
import fr.pennylanesync.report.WorkLeft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

/**
 * Holds what only the running service knows.
 *
 * @param routeFiles the files in force, by name
 * @param widenings what {@code routes.allow} adds
 * @param expiry until which day a token is valid, by alias, where somebody wrote it down
 * @param utilisation the share of a company's request budget in use
 * @param remedies what to do about an error code
 * @param operations empty where nothing can be asked for
 * @param budget how fast a company may be read
 */
public record WatchedService(Supplier<Map<String, RouteStamp>> routeFiles, List<Widening> widenings,
        Function<String, Optional<String>> expiry, LongToDoubleFunction utilisation,
        Function<String, Optional<String>> remedies, Optional<Operations> operations, WorkLeft.Budget budget) {

    /** Is a service that nobody runs. */
    public static final WatchedService NONE = new WatchedService(Map::of, List.of(), alias -> Optional.empty(),
            company -> 0, code -> Optional.empty(), Optional.empty(), new WorkLeft.Budget(0, Set.of()));

    public WatchedService {
        widenings = List.copyOf(widenings);
    }

    /**
     * One entry by which routes may use more than what the program ships.
     *
     * @param section the kind, such as {@code endpoints}
     */
    public record Widening(String section, String entry, String why) {}
}
