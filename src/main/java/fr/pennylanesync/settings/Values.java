package fr.pennylanesync.settings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The values of all keys, parsed; what cannot be parsed is noted as a fault and counts as not given. */
final class Values {

    private final Map<String, Object> parsed = new HashMap<>();
    private final Set<String> faulty = new HashSet<>();
    private final Map<String, String> texts;
    private final UnaryOperator<String> placeholders;
    private final List<SettingsFault> faults;

    Values(Map<String, String> texts, UnaryOperator<String> placeholders, List<SettingsFault> faults) {
        this.texts = texts;
        this.placeholders = placeholders;
        this.faults = faults;
        Keys.all().forEach(this::parse);
    }

    /** The value given, else the default. */
    <T> T get(Key<T> key) {
        return find(key).orElseGet(() -> key.type().parse().apply(key.defaultText()));
    }

    /** The value given; empty when there is none or it was faulty. */
    <T> Optional<T> find(Key<T> key) {
        if (!parsed.containsKey(key.name())) {
            parse(key);
        }
        @SuppressWarnings("unchecked")
        Optional<T> value = (Optional<T>) parsed.get(key.name());
        return value;
    }

    /** Tells whether a value was given, be it faulty. */
    boolean has(Key<?> key) {
        return find(key).isPresent() || faulty.contains(key.name());
    }

    private <T> void parse(Key<T> key) {
        parsed.put(key.name(), Optional.of(texts.getOrDefault(key.name(), "").strip()).filter(text -> !text.isEmpty())
                .flatMap(text -> resolve(key, text)).flatMap(text -> parse(key, text)));
    }

    private Optional<String> resolve(Key<?> key, String text) {
        if (!text.contains("{{")) {
            return Optional.of(text);
        }
        try {
            return Optional.of(placeholders.apply(text).strip()).filter(resolved -> !resolved.isEmpty());
        } catch (RuntimeException e) {
            // Its message may quote what a vault or a file answered.
            refuse(key, "its {{…}} cannot be resolved (" + e.getClass().getSimpleName() + ")",
                    "Check the name inside the braces, and that this process may read what it points to.");
            return Optional.empty();
        }
    }

    private <T> Optional<T> parse(Key<T> key, String text) {
        try {
            return Optional.of(key.type().parse().apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            refuse(key, "the value " + e.getMessage(), remedy(key));
            return Optional.empty();
        }
    }

    private void refuse(Key<?> key, String problem, String remedy) {
        faulty.add(key.name());
        faults.add(new SettingsFault(key.name(), problem, remedy));
    }

    private static String remedy(Key<?> key) {
        String wanted = "Expected: " + key.type().description();
        return key.defaultText().isEmpty() ? wanted + ", or nothing."
                : wanted + "; the default is " + key.defaultText() + ".";
    }
}
