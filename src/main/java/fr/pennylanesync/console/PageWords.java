package fr.pennylanesync.console;

import fr.pennylanesync.console.page.Language;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.report.AlarmEntry;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what views have in common in the words of one language. */
record PageWords(Texts texts, Instant now) {

    static final String UNKNOWN = "–";
    private static final String ENGLISH = "en";
    private static final String REMEDY = "remedy.";
    /** Finds the words between ids, names, codes and counts. */
    private static final Pattern WORD = Pattern.compile("^company(?= \\d)|\\bstream(?= [a-z])|\\bsuch as\\b"
            + "|\\b(?:entries|records|streams|changes|parts|times|differences):(?= \\d)|\\blast day(?= \\d)");
    /** Finds the code of the failure that something is about: it stands first or last in what is said of that. */
    private static final Pattern FAILURE = Pattern.compile("^[A-Z][A-Z0-9_]+(?=, )|\\b[A-Z][A-Z0-9_]+$");

    /**
     * One warning or error.
     *
     * @param since empty where nobody knows
     * @param remedyLang the language of the remedy, where it is another than the page's
     */
    record Trouble(String code, String subject, String since, String remedy, String remedyLang) {}

    /** A word on a ground of its colour. */
    record Tag(String text, String tone) {}

    /**
     * A text, and the language that it is in.
     *
     * @param lang empty where it is the page's
     */
    record Phrase(String text, String lang) {}

    Trouble trouble(Warning warning) {
        return trouble(warning.code(), named(warning.code(), warning.subject()), subject(warning), warning.since(),
                warning.remedy());
    }

    private String subject(Warning warning) {
        return texts.find("check." + warning.subject())
                .or(() -> warning.subject().isBlank() ? Optional.empty() : texts.find("subject." + warning.code()))
                .orElseGet(() -> detail(warning.subject()));
    }

    /** Puts ids, names, codes and counts into the page's language: whatever stands between them. */
    String detail(String text) {
        return texts.language() == Language.EN ? text
                : WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(
                        texts.get("word." + word.group().replace(' ', '_').replace(":", ""))));
    }

    /** Says why an alarm is there, in the page's language where that has the code. */
    Phrase reason(AlarmEntry alarm) {
        Optional<String> own = texts.find("reason." + alarm.code());
        if (own.isEmpty()) {
            return new Phrase(alarm.reason(), texts.language() == Language.EN ? "" : ENGLISH);
        }
        String meaning = WarningCode.find(alarm.code()).map(WarningCode::meaning).orElse("");
        String rest = alarm.reason().startsWith(meaning) ? alarm.reason().substring(meaning.length()) : "";
        int at = meaning.isEmpty() ? rest.lastIndexOf(": ") : rest.indexOf(": ");
        return new Phrase(at < 0 ? own.get() : own.get() + texts.get("word.colon") + detail(rest.substring(at + 2)),
                "");
    }

    /** Says what to do about an alarm. */
    Trouble trouble(AlarmEntry alarm) {
        return trouble(alarm.code(), named(alarm.code(), alarm.reason()), "", Optional.empty(), alarm.remedy());
    }

    /** Returns the code whose remedy counts: that of the failure that something is about, where it has one. */
    private String named(String code, String said) {
        Matcher failure = FAILURE.matcher(said);
        return failure.find() && texts.find(REMEDY + failure.group()).isPresent() ? failure.group() : code;
    }

    /** @param remedy in English, used where there is no translation */
    Trouble trouble(String code, String subject, Optional<Instant> since, String remedy) {
        return trouble(code, code, subject, since, remedy);
    }

    private Trouble trouble(String code, String remedied, String subject, Optional<Instant> since, String remedy) {
        Optional<String> own = texts.find(REMEDY + remedied);
        boolean foreign = own.isEmpty() && texts.language() != Language.EN;
        return new Trouble(code, subject, since.map(Texts::minute).orElse(""), own.orElse(remedy),
                foreign ? ENGLISH : "");
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
