package fr.pennylanesync.hash;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Spells JSON as {@link CanonicalJson} does, of values that come one after the other, without a tree: as UTF-8 at once,
 * since each copy of a text costs as much as its hash. The caller gives the keys in their order. For one thread at a
 * time.
 */
public final class JsonSpeller {

    private static final byte[] HEX = ascii("0123456789abcdef");
    static final byte[] NULL = ascii("null");
    private static final int ESCAPE_LENGTH = "\\u0000".length();
    private static final int ASCII_END = 0x80;
    private static final int TWO_BYTES_END = 0x800;
    private static final char NONCHARACTERS = '\uFDD0';
    private static final char NONCHARACTERS_LAST = '\uFDEF';
    private static final int MORE_BITS = 6;
    private static final int MORE_MASK = 0x3f;
    private static final int MORE = 0x80;
    private static final int TWO = 0xc0;
    private static final int THREE = 0xe0;
    private static final int FOUR = 0xf0;
    private static final int HEX_MASK = 0xf;

    private byte[] bytes;
    private int length;
    private boolean unusual;

    public JsonSpeller(int capacity) {
        this.bytes = new byte[capacity];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins another value. */
    public JsonSpeller begin() {
        length = 0;
        unusual = false;
        return this;
    }

    /** Returns what was spelled since {@link #begin}. */
    public SpelledJson end() {
        return new SpelledJson(Arrays.copyOf(bytes, length), unusual);
    }

    /** The hash of what was spelled since {@link #begin}, without a copy of it. */
    Sha256 hash() {
        return Sha256.of(bytes, length);
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    int capacity() {
        return bytes.length;
    }

    /** Adds JSON that is spelled already. */
    public JsonSpeller raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Adds a part of a text that is spelled already. */
    JsonSpeller raw(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    public JsonSpeller nothing() {
        return raw(NULL);
    }

    /** Adds a literal, or digits that are spelled as they come. */
    public JsonSpeller literal(String ascii) {
        int size = ascii.length();
        room(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonSpeller punctuation(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** Adds a number. */
    JsonSpeller number(BigDecimal value) {
        unusual |= value.scale() > 0 && value.stripTrailingZeros().scale() < value.scale();
        StringBuilder spelled = new StringBuilder();
        CanonicalJson.appendNumber(value, spelled);
        return literal(spelled.toString());
    }

    /** Adds a number as a database writes it: in decimal digits, without an exponent. */
    public JsonSpeller decimal(String digits) {
        int begin = length;
        literal(digits);
        int end = PlainDecimal.end(bytes, begin, length);
        length = end;
        return end > begin ? this : number(new BigDecimal(digits));
    }

    /** Adds a text, quotes included. */
    public JsonSpeller text(String text) {
        int size = text.length();
        room(ESCAPE_LENGTH * size + 2);
        byte[] to = bytes;
        int at = length;
        to[at++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c < ASCII_END && c >= ' ' && c != '"' && c != '\\') {
                to[at++] = (byte) c;
            } else if (c < ASCII_END) {
                at = escaped(c, to, at);
            } else if (c < TWO_BYTES_END) {
                to[at++] = (byte) (TWO | c >> MORE_BITS);
                to[at++] = (byte) (MORE | c & MORE_MASK);
            } else if (!Character.isSurrogate(c)) {
                unusual |= c >= NONCHARACTERS && c <= NONCHARACTERS_LAST;
                to[at++] = (byte) (THREE | c >> 2 * MORE_BITS);
                to[at++] = (byte) (MORE | c >> MORE_BITS & MORE_MASK);
                to[at++] = (byte) (MORE | c & MORE_MASK);
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                at = pair(Character.toCodePoint(c, text.charAt(++i)), to, at);
            } else {
                at = numbered(c, to, at);
            }
        }
        to[at++] = '"';
        length = at;
        return this;
    }

    private static int pair(int point, byte[] to, int from) {
        int at = from;
        to[at++] = (byte) (FOUR | point >> 3 * MORE_BITS);
        to[at++] = (byte) (MORE | point >> 2 * MORE_BITS & MORE_MASK);
        to[at++] = (byte) (MORE | point >> MORE_BITS & MORE_MASK);
        to[at++] = (byte) (MORE | point & MORE_MASK);
        return at;
    }

    private int escaped(char c, byte[] to, int from) {
        int named = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
        if (named == 0) {
            return numbered(c, to, from);
        }
        to[from] = '\\';
        to[from + 1] = (byte) named;
        return from + 2;
    }

    private int numbered(char c, byte[] to, int from) {
        unusual = true;
        to[from] = '\\';
        to[from + 1] = 'u';
        for (int digit = 0; digit < Character.BYTES * 2; digit++) {
            to[from + ESCAPE_LENGTH - 1 - digit] = HEX[c >> 4 * digit & HEX_MASK];
        }
        return from + ESCAPE_LENGTH;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
