package fr.pennylanesync.settings;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * One setting, declared once: name, type with its range, default, how often people touch it, and what it means.
 *
 * @param defaultText as written in a file; empty for a setting that may be absent
 */
record Key<T>(String name, KeyType<T> type, String defaultText, Use use, String meaning) {

    /** Says how often a setting is touched, which is the order of the documentation. */
    enum Use {
        ESSENTIAL("Essential: decide these before the first run in production"),
        FREQUENT("Frequent: schedules, places and load"),
        RARE("Rare: limits with sensible defaults");

        private final String title;

        Use(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    Key {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(defaultText, "defaultText");
        requireNonNull(use, "use");
        requireNonNull(meaning, "meaning");
    }

    /** Returns the name as an environment variable: upper case, with _ for dots and hyphens. */
    String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
