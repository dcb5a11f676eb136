package fr.pennylanesync.landing.record;

import java.util.Locale;

/**
 * A reversible spelling of any JSON text for PostgreSQL, which refuses U+0000 and has no form for half a surrogate
 * pair. Each such unit becomes the noncharacter U+FDD0 followed by its four hex digits, and so does U+FDD0 itself; all
 * other text stays as it is.
 */
public final class StorableText {

    static final char ESCAPE = '\uFDD0';
    private static final int HEX_DIGITS = 4;
    private static final int HEX_RADIX = 16;

    private StorableText() {}

    public static String encode(String text) {
        int first = firstUnstorable(text);
        if (first < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + HEX_DIGITS).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            if (isStorable(text, i)) {
                out.append(text.charAt(i));
            } else {
                out.append(ESCAPE).append(String.format(Locale.ROOT, "%04x", (int) text.charAt(i)));
            }
        }
        return out.toString();
    }

    public static String decode(String text) {
        int escape = text.indexOf(ESCAPE);
        if (escape < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0) {
            int end = escape + 1 + HEX_DIGITS;
            out.append(text, from, escape).append((char) Integer.parseInt(text, escape + 1, end, HEX_RADIX));
            from = end;
            escape = text.indexOf(ESCAPE, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    /**
     * {@link #decode} in SQL, for text that came from a database: what needs spelling out in it can only be the escape
     * itself.
     */
    public static String decodeSql(String expression) {
        return "replace(" + expression + ", U&'\\FDD0fdd0', U&'\\FDD0')";
    }

    private static int firstUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isStorable(String text, int i) {
        char c = text.charAt(i);
        if (c == 0 || c == ESCAPE) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        return !Character.isLowSurrogate(c) || i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
