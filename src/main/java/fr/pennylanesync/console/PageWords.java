package fr.pennylanesync.console;

import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.report.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Writes what views have in common in the words of one language. */
record PageWords(Texts texts, Instant now) {

    static final String UNKNOWN = "–";

    /**
     * One warning or error.
     *
     * @param since empty where nobody knows
     * @param remedyLang the language of the remedy, where it is another than the page's
     */
    record Trouble(String code, String subject, String since, String remedy, String remedyLang) {}

    /** A word on a ground of its colour. */
    record Tag(String text, String tone) {}

    Trouble trouble(Warning warning) {
        return trouble(warning.code(), warning.subject(), warning.since(), warning.remedy());
    }

    /** @param remedy in English, used where there is no translation */
    Trouble trouble(String code, String subject, Optional<Instant> since, String remedy) {
        Optional<String> own = texts.find("remedy." + code);
        boolean foreign = own.isEmpty() && !texts.language().tag().equals("en");
        return new Trouble(code, subject, since.map(Texts::minute).orElse(""), own.orElse(remedy),
                foreign ? "en" : "");
    }

    String ago(Optional<Instant> at) {
        return at.map(then -> texts.span(Duration.between(then, now))).orElse(UNKNOWN);
    }

    String took(Instant from, Optional<Instant> to) {
        return texts.span(Duration.between(from, to.orElse(now)));
    }

    Tag state(String state, String tone) {
        return new Tag(texts.word("state", state.toLowerCase(Locale.ROOT)), tone);
    }

    /** Names how a run ended; without an outcome it is under way. */
    Tag outcome(Optional<String> outcome) {
        String word = outcome.orElse("RUNNING");
        String tone = switch (word) {
            case "COMPLETE", "DONE" -> "good";
            case "RUNNING", "ASKED" -> "calm";
            case "FAILED", "DIFFERENT", "REFUSED" -> "bad";
            default -> "warn";
        };
        return new Tag(texts.word("outcome", word), tone);
    }
}
