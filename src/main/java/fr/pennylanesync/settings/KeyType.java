package fr.pennylanesync.settings;

import fr.pennylanesync.personal.Treatment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Says how the text of a setting becomes its value.
 *
 * @param description for people: kind, unit and range
 * @param parse throws {@link IllegalArgumentException} whose message completes "the value …"
 * @param secret whether the value must never be shown
 */
record KeyType<T>(String description, Function<String, T> parse, boolean secret) {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([a-zA-Z]+)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of("ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);
    private static final int RETENTION_YEARS_MAX = 100;
    private static final int DAYS_PER_YEAR_AT_MOST = 366;

    static KeyType<String> text() {
        return new KeyType<>("text", Function.identity(), false);
    }

    static KeyType<Secret> hidden() {
        return new KeyType<>("secret", Secret::of, true);
    }

    /** Logins with the hashes of their passwords, which nobody needs to see. */
    static KeyType<Map<String, Secret>> logins() {
        return new KeyType<>("secret: name=hash, separated by commas", ConsoleLogin::hashes, true);
    }

    static KeyType<Map<String, ConsoleLogin.Views>> viewers() {
        return new KeyType<>("name=alias+alias or name=*, separated by commas", ConsoleLogin::viewers, false);
    }

    /** Reads what an OpenID provider says of a person. */
    static KeyType<List<ConsoleOidc.Claim>> claims() {
        return new KeyType<>("claim:value, separated by commas", ConsoleOidc::claims, false);
    }

    static KeyType<Map<ConsoleOidc.Claim, ConsoleLogin.Views>> claimViewers() {
        return new KeyType<>("claim:value=alias+alias or claim:value=*, separated by commas", ConsoleOidc::viewers,
                false);
    }

    static KeyType<Boolean> flag() {
        return new KeyType<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        }, false);
    }

    /** Says what becomes of personal data. */
    static KeyType<Treatment> treatment() {
        return new KeyType<>("keep, mask, hash or omit", text -> Treatment.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("is none of keep, mask, hash and omit")), false);
    }

    /** Any of some words with commas between them, or none. */
    static KeyType<Set<String>> some(List<String> words) {
        return new KeyType<>("any of " + String.join(", ", words) + "; or none", text -> {
            if (text.equals("none")) {
                return Set.of();
            }
            List<String> given = List.of(text.split(" *, *"));
            if (!words.containsAll(given)) {
                throw new IllegalArgumentException("is neither none nor some of " + String.join(", ", words));
            }
            return Set.copyOf(given);
        }, false);
    }

    static KeyType<Path> path() {
        return new KeyType<>("path", text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path", e);
            }
        }, false);
    }

    static KeyType<Integer> number(int min, int max) {
        return new KeyType<>("number, " + min + " to " + max, text -> {
            try {
                return requireRange(Integer.valueOf(text), min, max, Integer.toString(min), Integer.toString(max));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not a whole number", e);
            }
        }, false);
    }

    /** A count of bytes; 1 KB is 1,024 of them. */
    static KeyType<Long> size(String min, String max) {
        return new KeyType<>("size, " + min + " to " + max,
                text -> requireRange(parseSize(text), parseSize(min), parseSize(max), min, max), false);
    }

    static KeyType<Duration> duration(String min, String max) {
        return new KeyType<>("duration, " + min + " to " + max,
                text -> requireRange(parseDuration(text), parseDuration(min), parseDuration(max), min, max), false);
    }

    /** A day, as ISO 8601 writes it. */
    static KeyType<LocalDate> date() {
        return new KeyType<>("date, like 2024-01-01", text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException noDate) {
                throw new IllegalArgumentException("is no date like 2024-01-01", noDate);
            }
        }, false);
    }

    /**
     * A span of the calendar, such as a legal retention.
     *
     * @param daysMin the shortest one
     */
    static KeyType<Period> period(int daysMin) {
        return new KeyType<>("days or years, " + daysMin + "d to " + RETENTION_YEARS_MAX + "y",
                text -> parsePeriod(text, daysMin), false);
    }

    /** Seconds, minutes, hours, day of month, month, day of week, and perhaps the year. */
    static KeyType<String> cron() {
        return new KeyType<>("Quartz cron expression", text -> {
            if (!CronExpression.isValidExpression(text)) {
                throw new IllegalArgumentException("is no cron expression of six or seven fields");
            }
            return text;
        }, false);
    }

    /** A region, whose clocks know summer time, or an offset that never changes. */
    static KeyType<ZoneId> timeZone() {
        return new KeyType<>("time zone, like Europe/Paris", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("is no time zone of the IANA list");
            }
        }, false);
    }

    static KeyType<URI> httpUrl() {
        return new KeyType<>("http(s) URL", KeyType::parseHttpUrl, false);
    }

    /** An address that is a secret by itself, as those of webhooks are. */
    static KeyType<Secret> hiddenHttpUrl() {
        return new KeyType<>("http(s) URL, secret", text -> Secret.of(parseUrl(text).toString()), true);
    }

    /** A JDBC URL of one of the given databases, without a login in it: it appears in messages. */
    static KeyType<String> jdbcUrl(String... prefixes) {
        String wanted = String.join(" or ", prefixes);
        return new KeyType<>("JDBC URL, " + wanted, text -> {
            for (String prefix : prefixes) {
                if (text.startsWith(prefix) && text.length() > prefix.length()) {
                    return requireNoLogin(text);
                }
            }
            throw new IllegalArgumentException("does not begin with " + wanted);
        }, false);
    }

    private static String requireNoLogin(String jdbcUrl) {
        if (jdbcUrl.matches(
                "(?i).*([?&;](user|uid|password|pwd|accesskeyid|secretaccesskey|sessiontoken)=|//[^/?]*@).*")) {
            throw new IllegalArgumentException("holds a login; the user and password have keys of their own");
        }
        return jdbcUrl;
    }

    private static URI parseHttpUrl(String text) {
        URI uri = parseUrl(text);
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("holds a login, a query or a fragment");
        }
        return uri;
    }

    private static URI parseUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new IllegalArgumentException("is not a URL like https://host/path");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || !DURATION_UNITS.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is not a number with a unit, like 500ms, 30s, 15m, 1h or 2d");
        }
        return DURATION_UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    private static Long parseSize(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || !SIZE_UNITS.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is not a number with a unit, like 512KB, 64MB or 1GB");
        }
        return Math.multiplyExact(SIZE_UNITS.get(matcher.group(2)), Long.parseLong(matcher.group(1)));
    }

    private static Period parsePeriod(String text, int daysMin) {
        Matcher matcher = AMOUNT.matcher(text);
        boolean years = text.endsWith("y");
        if (!matcher.matches() || !(years || matcher.group(2).equals("d"))) {
            throw new IllegalArgumentException("is not a number of days or years, like 90d or 10y");
        }
        long max = years ? RETENTION_YEARS_MAX : (long) RETENTION_YEARS_MAX * DAYS_PER_YEAR_AT_MOST;
        int amount = requireRange(Long.valueOf(matcher.group(1)), years ? 1L : daysMin, max, daysMin + "d",
                RETENTION_YEARS_MAX + "y").intValue();
        return years ? Period.ofYears(amount) : Period.ofDays(amount);
    }

    private static <T extends Comparable<T>> T requireRange(T value, T min, T max, String minText, String maxText) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("is not between " + minText + " and " + maxText);
        }
        return value;
    }
}
