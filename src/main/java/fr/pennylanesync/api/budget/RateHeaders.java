package fr.pennylanesync.api.budget;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Holds what an answer says about the request budget. Pennylane documents {@code ratelimit-limit},
 * {@code ratelimit-remaining} and {@code ratelimit-reset} (Unix seconds) on every answer, and {@code retry-after}
 * (seconds) on a 429.
 *
 * <p>The reset is a time of the server's clock, so it is only used relative to the same answer's {@code Date}. A header
 * that is missing or unreadable is simply absent.
 *
 * @param limit requests per window
 * @param remaining requests left in the server's window
 * @param resetIn time from this answer until the server's window starts anew
 * @param retryAfter how long to send nothing
 */
public record RateHeaders(
        OptionalInt limit, OptionalInt remaining, Optional<Duration> resetIn, Optional<Duration> retryAfter) {

    /** A server that asks for more silence than this is not believed. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(1);

    public static final RateHeaders NONE =
            new RateHeaders(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Reads the headers through a lookup by name that answers null for an absent one. */
    public static RateHeaders read(UnaryOperator<String> header) {
        Optional<Instant> date = httpDate(header.apply("Date"));
        return new RateHeaders(
                count(header.apply("ratelimit-limit"), 1),
                count(header.apply("ratelimit-remaining"), 0),
                resetIn(header.apply("ratelimit-reset"), date),
                retryAfter(header.apply("retry-after"), date));
    }

    private static OptionalInt count(String text, int smallest) {
        Optional<Long> value = seconds(text).filter(number -> number >= smallest && number <= 1_000_000);
        return value.map(number -> OptionalInt.of(number.intValue())).orElse(OptionalInt.empty());
    }

    private static Optional<Duration> resetIn(String text, Optional<Instant> date) {
        return seconds(text)
                .flatMap(reset -> date.map(now -> Duration.ofSeconds(reset - now.getEpochSecond())))
                .map(RateHeaders::bounded);
    }

    private static Optional<Duration> retryAfter(String text, Optional<Instant> date) {
        Optional<Duration> inSeconds = seconds(text).map(Duration::ofSeconds);
        return inSeconds
                .or(() -> httpDate(text).flatMap(until -> date.map(now -> Duration.between(now, until))))
                .map(RateHeaders::bounded);
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static Optional<Long> seconds(String text) {
        if (text == null || !text.strip().matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text.strip()));
    }

    /** A date of HTTP, absent where there is none that can be read. */
    public static Optional<Instant> httpDate(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
