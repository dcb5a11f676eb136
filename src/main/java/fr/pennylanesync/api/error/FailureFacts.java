package fr.pennylanesync.api.error;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that a failure may tell: a path, a status, numbers, a scope name. There is no place for free text, so nothing
 * that the server wrote can reach a log through a failure.
 *
 * @param path the endpoint without its query, or a stream's name
 * @param status the HTTP status, when there was one
 * @param numbers counts, limits and ids under names that our own code chose
 * @param missingScope the scope that a 403 asked for
 * @param retryAfter how long the server wants to be left alone
 */
public record FailureFacts(
        String path,
        OptionalInt status,
        Map<String, Long> numbers,
        Optional<String> missingScope,
        Optional<Duration> retryAfter) {

    private static final Pattern SAFE_PATH = Pattern.compile("[A-Za-z0-9_/{}.-]{0,200}");
    private static final Pattern NUMBER_NAME = Pattern.compile("[a-zA-Z][a-zA-Z ]{0,30}");
    private static final Pattern SCOPE = Pattern.compile("[a-z_]{2,40}:[a-z]{2,12}");

    public FailureFacts {
        if (!SAFE_PATH.matcher(path).matches()) {
            path = "(path withheld)";
        }
        numbers.keySet().forEach(name -> require(NUMBER_NAME, name));
        missingScope.ifPresent(scope -> require(SCOPE, scope));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    public static FailureFacts at(String path) {
        return new FailureFacts(path, OptionalInt.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    public FailureFacts status(int code) {
        return new FailureFacts(path, OptionalInt.of(code), numbers, missingScope, retryAfter);
    }

    public FailureFacts number(String name, long value) {
        Map<String, Long> more = new LinkedHashMap<>(numbers);
        more.put(name, value);
        return new FailureFacts(path, status, more, missingScope, retryAfter);
    }

    public FailureFacts missingScope(Optional<String> scope) {
        return new FailureFacts(path, status, numbers, scope, retryAfter);
    }

    public FailureFacts retryAfter(Optional<Duration> wait) {
        return new FailureFacts(path, status, numbers, missingScope, wait);
    }

    /** The failure that these facts are about. */
    public SyncException failure(ErrorCode code) {
        return new SyncException(code, describe());
    }

    /** The facts as one short text, such as {@code /customers (status 429, retry after 2 s)}. */
    public String describe() {
        Map<String, String> parts = new LinkedHashMap<>();
        status.ifPresent(code -> parts.put("status", Integer.toString(code)));
        missingScope.ifPresent(scope -> parts.put("scope", scope));
        retryAfter.ifPresent(wait -> parts.put("retry after", wait.toSeconds() + " s"));
        numbers.forEach((name, value) -> parts.put(name, Long.toString(value)));
        if (parts.isEmpty()) {
            return path;
        }
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", ", path + " (", ")"));
    }

    private static void require(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("a failure carries no free text");
        }
    }
}
