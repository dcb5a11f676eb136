package fr.pennylanesync.company;

import java.time.Duration;

/**
 * Says how often {@code /me} is asked again about tokens that did not change.
 *
 * @param verifyEvery for a token in use: notices changed scopes
 * @param retryRefusedEvery for a refused one: notices that it works after all
 */
public record DirectorySettings(Duration verifyEvery, Duration retryRefusedEvery) {

    /** One request per company and hour; a refused token is tried four times an hour. */
    public static final DirectorySettings DEFAULT = new DirectorySettings(Duration.ofHours(1), Duration.ofMinutes(15));

    public DirectorySettings {
        if (verifyEvery.isNegative() || retryRefusedEvery.isNegative()) {
            throw new IllegalArgumentException("an interval is not negative");
        }
    }
}
