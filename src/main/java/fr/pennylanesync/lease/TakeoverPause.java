package fr.pennylanesync.lease;

import java.time.Duration;
import java.util.Optional;

/**
 * Computes how long a process lets a company's budget rest when it takes the company over from another: requests of the
 * other may still stand in the server's window, and some may only just arrive.
 */
record TakeoverPause(Duration window, Duration onTheWayMax) {

    private static final Duration LONGEST_WAY = Duration.ofSeconds(1);
    private static final int SHARE_OF_WINDOW = 5;

    static TakeoverPause of(Duration window) {
        Duration share = window.dividedBy(SHARE_OF_WINDOW);
        return new TakeoverPause(window, share.compareTo(LONGEST_WAY) < 0 ? share : LONGEST_WAY);
    }

    /** @param node the process that takes over: what it used itself its own budget knows */
    Duration rest(Optional<LeaseSession.PreviousHolder> before, String node) {
        return before.filter(other -> !other.node().equals(node)).map(other -> {
            Duration whole = window.plus(onTheWayMax);
            // Who died had it until a moment ago, as far as anybody knows.
            Duration left = whole.minus(other.releasedAgo().orElse(Duration.ZERO));
            return left.isNegative() ? Duration.ZERO : left;
        }).orElse(Duration.ZERO);
    }
}
