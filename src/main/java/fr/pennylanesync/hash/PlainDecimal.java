package fr.pennylanesync.hash;

import java.util.Arrays;

/**
 * Numbers in plain decimal digits, within a longer text: neither exponent nor sign but a minus, no zero before them.
 */
public final class PlainDecimal {

    /** Beyond so many characters a number may be spelled otherwise. */
    private static final int LENGTH_MOST = 64;

    private PlainDecimal() {}

    /**
     * Finds where the canonical spelling of a number ends, which is the number without the zeros that end its fraction.
     *
     * @return where it begins if it is no such number
     */
    public static int end(byte[] text, int from, int to) {
        int first = from < to && text[from] == '-' ? from + 1 : from;
        if (to - from > LENGTH_MOST || first == to || text[first] == '0' && to - first > 1 && text[first + 1] != '.') {
            return from;
        }
        int point = to;
        for (int i = first; i < to; i++) {
            if (text[i] == '.' && point == to && i > first) {
                point = i;
            } else if (text[i] < '0' || text[i] > '9') {
                return from;
            }
        }
        int end = point == to ? to : trimmed(text, to);
        boolean isMinusZero = first > from && end == first + 1 && text[first] == '0';
        return isMinusZero ? from : end;
    }

    private static int trimmed(byte[] text, int to) {
        int end = to;
        while (text[end - 1] == '0') {
            end--;
        }
        return text[end - 1] == '.' ? end - 1 : end;
    }

    /** Tells whether two texts are the same number; false also where one of them is not plain. */
    public static boolean isSame(byte[] one, int from, int to, byte[] other, int otherFrom, int otherTo) {
        int end = end(one, from, to);
        int otherEnd = end(other, otherFrom, otherTo);
        return end > from && otherEnd > otherFrom && Arrays.equals(one, from, end, other, otherFrom, otherEnd);
    }
}
