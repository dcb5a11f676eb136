package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import java.util.Optional;
import java.util.function.Function;

/** Drives a lane as the routes do: page by page until a batch is ready, then its landing. */
public final class LaneReader {

    private LaneReader() {}

    /** Reads one page, or takes its refusal. */
    static void readPage(PageLane lane, Function<PageRequest, Page> api) {
        answer(lane, api).ifPresent(received -> takePage(lane, received));
    }

    private static Optional<Page> answer(PageLane lane, Function<PageRequest, Page> api) {
        try {
            return Optional.of(api.apply(lane.request()));
        } catch (SyncException refused) {
            if (!lane.tolerates(refused)) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /** Gives one page to the lane. */
    public static void takePage(PageLane lane, Page page) {
        lane.take(lane.check(page).stream().map(lane::map).toList());
    }

    /** Reads until a batch is ready, or the lane has nothing left to read. */
    static void readBatch(PageLane lane, Function<PageRequest, Page> api) {
        while (lane.isUnfinished() && !lane.isBatchReady()) {
            readPage(lane, api);
        }
    }

    /** Reads and lands one batch, if there is one. */
    static void step(PageLane lane, Function<PageRequest, Page> api, MemoryLanding landing) {
        readBatch(lane, api);
        if (lane.isBatchReady()) {
            landing.land(lane);
        }
    }

    /** Reads a lane to its end. */
    static void readAll(PageLane lane, Function<PageRequest, Page> api, MemoryLanding landing) {
        while (lane.isUnfinished()) {
            step(lane, api, landing);
        }
    }
}
