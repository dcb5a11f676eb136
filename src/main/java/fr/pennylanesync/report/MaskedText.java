package fr.pennylanesync.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows the form of what was received and nothing that it says: field names, ids of records, punctuation; a letter is
 * an {@code a} or {@code A}, a digit a {@code 9}. It takes text that is no JSON as well, for that is why some is kept.
 */
final class MaskedText {

    static final int LENGTH_MAX = 4_000;

    /** Matches what is shown as it is: an id with its name, the name of a field, the words of JSON. */
    private static final Pattern PLAIN =
            Pattern.compile("\"(?:id|\\w{1,60}_id)\"\\s{0,9}:\\s{0,9}\\d{1,19}(?=\\s{0,9}[,}])"
                    + "|(?<=[{,]\\s{0,9})\"\\w{1,64}\"\\s{0,9}:"
                    + "|(?<=[:,\\[]\\s{0,9})(?:true|false|null)(?=\\s{0,9}[,}\\]])");

    private MaskedText() {}

    static String of(String raw) {
        String text = raw.length() > LENGTH_MAX ? raw.substring(0, LENGTH_MAX) : raw;
        StringBuilder form = new StringBuilder(text.length());
        Matcher plain = PLAIN.matcher(text);
        int from = 0;
        while (plain.find()) {
            mask(text, from, plain.start(), form);
            form.append(plain.group());
            from = plain.end();
        }
        mask(text, from, text.length(), form);
        return text.length() < raw.length() ? form + " and " + (raw.length() - LENGTH_MAX) + " characters more"
                : form.toString();
    }

    private static void mask(String text, int from, int to, StringBuilder form) {
        for (int i = from; i < to;) {
            int c = text.codePointAt(i);
            form.append(masked(c));
            i += Character.charCount(c);
        }
    }

    private static char masked(int c) {
        if (Character.isDigit(c)) {
            return '9';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'A' : 'a';
        }
        return c >= ' ' && c <= '~' ? (char) c : '?';
    }
}
