package fr.pennylanesync.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of the same kind, one for each stream or company: their names hold the stream's name or the company's alias,
 * which no list of ours can know.
 *
 * @param first the word before the free part
 * @param free what the free part may look like
 * @param last the word behind it
 * @param placeholder how documents show the free part
 */
record KeyFamily<T>(String first, String free, String last, String placeholder, KeyType<T> type, String meaning) {

    boolean holds(String name) {
        return freePart(name).isPresent();
    }

    /** The name as documents show it. */
    String shownName() {
        return first + "." + placeholder + "." + last;
    }

    /** For the documentation: no default, since it differs from one to the next. */
    Key<T> shown() {
        return new Key<>(shownName(), type, "", Key.Use.FREQUENT, meaning);
    }

    /** The values given, by their free part. */
    Map<String, T> values(Map<String, String> texts, Values values) {
        Map<String, T> found = new TreeMap<>();
        for (String name : texts.keySet()) {
            freePart(name).ifPresent(part -> values.find(new Key<>(name, type, "", Key.Use.FREQUENT, meaning))
                    .ifPresent(value -> found.put(part, value)));
        }
        return found;
    }

    /** The setting that an environment variable stands for; a variable cannot hold a hyphen. */
    Optional<String> nameOfVariable(String variable) {
        String name = variable.toLowerCase(Locale.ROOT);
        String opening = first + "_";
        String end = "_" + last.replace('-', '_');
        if (!variable.equals(variable.toUpperCase(Locale.ROOT)) || !name.startsWith(opening) || !name.endsWith(end)
                || name.length() <= opening.length() + end.length()) {
            return Optional.empty();
        }
        String whole = first + "." + name.substring(opening.length(), name.length() - end.length()) + "." + last;
        return Optional.of(whole).filter(this::holds);
    }

    private Optional<String> freePart(String name) {
        Pattern whole = Pattern.compile(Pattern.quote(first) + "\\.(" + free + ")\\." + Pattern.quote(last));
        Matcher matcher = whole.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
