package fr.pennylanesync.api.page;

import java.util.stream.IntStream;

/**
 * Tells how many bytes of heap a byte of JSON can become, as measured and with a margin: a value is announced by a
 * comma, a colon or the beginning of an object or list. Such characters inside texts count too, which errs on the safe
 * side.
 */
final class JsonWeight {

    private static final int PER_BYTE = 2;
    private static final int PER_VALUE = 80;
    private static final int PER_MEMBER = 70;
    private static final int PER_LIST = 110;
    private static final int PER_OBJECT = 140;

    private static final int BYTE_MASK = 0xff;
    /** Every byte of every answer is weighed. */
    private static final int[] OF_BYTES = IntStream.rangeClosed(0, BYTE_MASK).map(i -> weigh((byte) i)).toArray();

    private JsonWeight() {}

    static int of(byte character) {
        return OF_BYTES[character & BYTE_MASK];
    }

    private static int weigh(byte character) {
        return switch (character) {
            case ',' -> PER_BYTE + PER_VALUE;
            case ':' -> PER_BYTE + PER_MEMBER;
            case '[' -> PER_BYTE + PER_LIST;
            case '{' -> PER_BYTE + PER_OBJECT;
            default -> PER_BYTE;
        };
    }
}
