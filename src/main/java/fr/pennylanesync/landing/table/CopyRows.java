package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows in the binary format of COPY. PostgreSQL takes them for two thirds of what the text format costs it, and nothing
 * has to be escaped.
 */
final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int JSONB_VERSION = 1;
    /** PostgreSQL's numbers have digits of the base 10000. */
    private static final int DIGITS = 4;
    private static final long BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int LONG_DIGITS = 18;
    private static final int NUMBER_HEAD = 4 * Short.BYTES;
    private static final short[] NO_DIGITS = {};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    CopyRows(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Begins what is copied. */
    CopyRows begin() {
        return raw(SIGNATURE).int4(0).int4(0);
    }

    /** Ends what is copied. */
    CopyRows end() {
        return int2(-1);
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Begins a row of so many columns. */
    CopyRows row(int columns) {
        return int2(columns);
    }

    CopyRows bigint(long value) {
        return int4(Long.BYTES).int8(value);
    }

    CopyRows bytea(byte[] value) {
        return int4(value.length).raw(value);
    }

    CopyRows text(String value) {
        return bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    CopyRows jsonb(byte[] utf8) {
        return int4(utf8.length + 1).int1(JSONB_VERSION).raw(utf8);
    }

    /** Adds an instant, by its microseconds since the year 2000. */
    CopyRows instant(long micros) {
        return bigint(micros);
    }

    /**
     * Adds a column's value, or its absence.
     *
     * @param value as PostgreSQL reads it; null where there is none
     */
    CopyRows value(String value, ColumnType type) {
        if (value == null) {
            return int4(NULL);
        }
        return switch (type) {
            case TEXT -> text(value);
            case BIGINT -> bigint(Long.parseLong(value));
            case INTEGER -> int4(Integer.BYTES).int4(Integer.parseInt(value));
            case BOOLEAN -> int4(1).int1(Boolean.parseBoolean(value) ? 1 : 0);
            case NUMERIC -> numeric(value);
            case DATE -> int4(Integer.BYTES).int4(DatabaseDays.days(value));
            case TIMESTAMPTZ -> instant(DatabaseDays.micros(value));
            case JSONB -> jsonb(value.getBytes(StandardCharsets.UTF_8));
        };
    }

    private CopyRows numeric(String text) {
        if (text.length() <= LONG_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            int point = text.indexOf('.');
            int scale = point < 0 ? 0 : text.length() - point - 1;
            long unscaled =
                    Long.parseLong(point < 0 ? text : text.substring(0, point).concat(text.substring(point + 1)));
            boolean negative = text.charAt(0) == '-';
            return numeric(negative && unscaled != 0, scale, digits(Math.abs(unscaled), scale), fraction(scale));
        }
        BigDecimal number = new BigDecimal(text);
        number = number.scale() < 0 ? number.setScale(0) : number;
        int scale = number.scale();
        return numeric(number.signum() < 0, scale, digits(number.unscaledValue().abs(), scale), fraction(scale));
    }

    /** Counts the digits of the base behind the point. */
    private static int fraction(int scale) {
        return (scale + DIGITS - 1) / DIGITS;
    }

    private CopyRows numeric(boolean negative, int scale, short[] digits, int fraction) {
        int first = 0;
        int end = digits.length;
        while (first < end && digits[first] == 0) {
            first++;
        }
        while (end > first && digits[end - 1] == 0) {
            end--;
        }
        int weight = first == end ? 0 : digits.length - fraction - 1 - first;
        int4(NUMBER_HEAD + Short.BYTES * (end - first)).int2(end - first).int2(weight).int2(negative ? NEGATIVE : 0)
                .int2(scale);
        for (int i = first; i < end; i++) {
            int2(digits[i]);
        }
        return this;
    }

    private static short[] digits(long unscaled, int scale) {
        int missing = fraction(scale) * DIGITS - scale;
        if (unscaled == 0) {
            return NO_DIGITS;
        }
        if (unscaled > Long.MAX_VALUE / BASE) {
            return digits(BigInteger.valueOf(unscaled), scale);
        }
        long aligned = unscaled;
        for (int i = 0; i < missing; i++) {
            aligned *= 10;
        }
        short[] digits = new short[Math.max(fraction(scale), count(aligned))];
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = (short) (aligned % BASE);
            aligned /= BASE;
        }
        return digits;
    }

    private static int count(long aligned) {
        int count = 0;
        for (long rest = aligned; rest > 0; rest /= BASE) {
            count++;
        }
        return count;
    }

    private static short[] digits(BigInteger unscaled, int scale) {
        String text = unscaled.multiply(BigInteger.TEN.pow(fraction(scale) * DIGITS - scale)).toString();
        int count = Math.max(fraction(scale), (text.length() + DIGITS - 1) / DIGITS);
        String padded = "0".repeat(count * DIGITS - text.length()) + text;
        short[] digits = new short[count];
        for (int i = 0; i < count; i++) {
            digits[i] = (short) Integer.parseInt(padded, i * DIGITS, (i + 1) * DIGITS, 10);
        }
        return digits;
    }

    private CopyRows raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private CopyRows int1(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private CopyRows int2(int value) {
        room(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
        return this;
    }

    private CopyRows int4(int value) {
        room(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    private CopyRows int8(long value) {
        room(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
