package fr.pennylanesync.sandbox;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests one token may make in how long. Pennylane documents 25 requests per 5 s per token and does not say
 * whether the window slides or is fixed: both are offered.
 *
 * @param requests at least 1; {@link #OFF} allows any number
 */
public record RateLimit(int requests, Duration window, boolean sliding) {

    public static final RateLimit DOCUMENTED = new RateLimit(25, Duration.ofSeconds(5), true);
    public static final RateLimit OFF = new RateLimit(Integer.MAX_VALUE, Duration.ofSeconds(5), true);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})(ms|s|m)(:fixed)?");

    public RateLimit {
        if (requests < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a rate limit needs at least 1 request and a window longer than 0");
        }
    }

    /** Reads {@code 25/5s}, {@code 25/5s:fixed} or {@code off}. */
    public static RateLimit parse(String text) {
        if (text.equals("off")) {
            return OFF;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a rate limit is written 25/5s, 25/5s:fixed or off, not " + text);
        }
        Duration window = switch (matcher.group(3)) {
            case "ms" -> Duration.ofMillis(Long.parseLong(matcher.group(2)));
            case "m" -> Duration.ofMinutes(Long.parseLong(matcher.group(2)));
            default -> Duration.ofSeconds(Long.parseLong(matcher.group(2)));
        };
        return new RateLimit(Integer.parseInt(matcher.group(1)), window, matcher.group(4) == null);
    }

    public boolean isOff() {
        return requests == Integer.MAX_VALUE;
    }
}
