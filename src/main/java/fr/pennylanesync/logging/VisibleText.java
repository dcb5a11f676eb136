package fr.pennylanesync.logging;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes out the characters that a terminal obeys, or that nobody sees, before a text from outside is shown: the name
 * of a file could clear the screen, or hide the line above it.
 */
public final class VisibleText {

    private static final String UNSEEN = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}";
    private static final Pattern IN_LINE = Pattern.compile("[" + UNSEEN + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + UNSEEN + "&&[^\\n\\t]]");

    private VisibleText() {}

    /** Returns the text in one line, such as {@code \}{@code u001b} in place of the escape character. */
    public static String of(String text) {
        return written(text, IN_LINE);
    }

    /** Returns the text with its lines and tabs. */
    public static String lines(String text) {
        return written(text, IN_LINES);
    }

    private static String written(String text, Pattern unseen) {
        return unseen.matcher(text).replaceAll(found -> Matcher.quoteReplacement(code(found.group())));
    }

    private static String code(String character) {
        StringBuilder code = new StringBuilder();
        character.chars().forEach(unit -> code.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return code.toString();
    }
}
