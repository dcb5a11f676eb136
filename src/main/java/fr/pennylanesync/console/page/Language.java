package fr.pennylanesync.console.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Names the languages that the console speaks. */
public enum Language {
    EN(Locale.ENGLISH, "English"),
    FR(Locale.FRENCH, "Français");

    private static final int ACCEPTED_MAX = 200;

    private final Locale locale;
    private final String ownName;

    Language(Locale locale, String ownName) {
        this.locale = locale;
        this.ownName = ownName;
    }

    Locale locale() {
        return locale;
    }

    /** Returns the language's name in the language itself. */
    public String ownName() {
        return ownName;
    }

    public String tag() {
        return locale.toLanguageTag();
    }

    public static Optional<Language> named(String tag) {
        return Stream.of(values()).filter(language -> language.tag().equals(tag)).findFirst();
    }

    /** Returns the one that a browser prefers; English where it says nothing that can be read. */
    public static Language accepted(String header) {
        if (header.isBlank() || header.length() > ACCEPTED_MAX) {
            return EN;
        }
        try {
            List<Locale> ours = Stream.of(values()).map(Language::locale).toList();
            Locale best = Locale.lookup(Locale.LanguageRange.parse(header), ours);
            return Stream.of(values()).filter(language -> language.locale.equals(best)).findFirst().orElse(EN);
        } catch (IllegalArgumentException unreadable) {
            return EN;
        }
    }
}
