package fr.pennylanesync.sandbox.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a request. Unknown ones are ignored. */
public final class Parameters {

    private static final int DEFAULT_LIMIT = 20;

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Parameters of(String uri) {
        try {
            return new Parameters(new QueryStringDecoder(uri).parameters());
        } catch (IllegalArgumentException malformed) {
            throw Problem.badRequest("Malformed query string");
        }
    }

    public Optional<String> text(String name) {
        refuseNested(name);
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() || given.get(0).isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /** The page size: 20 unless told, refused outside its bounds, never clamped. */
    public int limit(int highest) {
        Optional<String> given = text("limit");
        if (given.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!given.get().matches("-?\\d{1,9}")) {
            throw Problem.invalid("ValidateError", "expected integer, but received String: \"" + given.get() + "\"",
                    "limit");
        }
        int limit = Integer.parseInt(given.get());
        if (limit < 1) {
            throw Problem.invalid("LessThanMinimum", limit + " is less than minimum value 1", "limit");
        }
        if (limit > highest) {
            throw Problem.invalid("MoreThanMaximum", limit + " is more than maximum value " + highest, "limit");
        }
        return limit;
    }

    /** Rails-style {@code filter[field]=…} arrives as a hash where a string is expected. */
    private void refuseNested(String name) {
        if (values.keySet().stream().anyMatch(key -> key.startsWith(name + "["))) {
            throw Problem.invalid("ValidateError", "expected string, but received Hash", name);
        }
    }
}
