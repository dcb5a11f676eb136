package fr.pennylanesync.api.budget;

import java.time.Duration;

/**
 * The budget of one token.
 *
 * @param requests requests per window; Pennylane documents 25
 * @param window the window; Pennylane documents 5 s
 * @param largestQueue requests that may wait at once, all priorities together
 */
public record BudgetSettings(int requests, Duration window, int largestQueue) {

    public static final BudgetSettings DOCUMENTED = new BudgetSettings(25, Duration.ofSeconds(5), 10_000);

    public BudgetSettings {
        if (requests < 1 || requests > 100_000) {
            throw new IllegalArgumentException("a budget is 1 to 100000 requests per window");
        }
        if (window.compareTo(Duration.ofMillis(100)) < 0 || window.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("a budget window is 100 ms to 1 h");
        }
        if (largestQueue < 1) {
            throw new IllegalArgumentException("a queue has room for at least one request");
        }
    }
}
