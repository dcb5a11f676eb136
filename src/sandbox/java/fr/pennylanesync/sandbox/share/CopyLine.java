package fr.pennylanesync.sandbox.share;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes rows as PostgreSQL's COPY reads them. Zero ids and moments stand for nothing and become null, as in the API;
 * characters that no column can hold, U+0000 and half a surrogate pair, become U+FFFD.
 */
final class CopyLine {

    private static final String NULL = "\\N";
    private static final char REPLACEMENT = '\uFFFD';
    private static final long MICROS = 1_000_000L;

    private final StringBuilder text = new StringBuilder(1024);
    private final Rows rows;
    private boolean begun;

    /** Takes finished rows. */
    interface Rows {
        /** @param bytes without the line's end */
        void accept(long key, byte[] bytes);
    }

    CopyLine(Rows rows) {
        this.rows = rows;
    }

    CopyLine id(long value) {
        return value == 0 ? none() : number(value);
    }

    CopyLine number(long value) {
        separate().append(value);
        return this;
    }

    CopyLine text(String value) {
        if (value == null) {
            return none();
        }
        separate();
        for (int i = 0; i < value.length(); i++) {
            escape(value, i);
        }
        return this;
    }

    CopyLine cents(long value) {
        return decimal(BigDecimal.valueOf(value, 2));
    }

    CopyLine decimal(BigDecimal value) {
        separate().append(value.toPlainString());
        return this;
    }

    CopyLine date(LocalDate value) {
        return value == null ? none() : text(value.toString());
    }

    /** A moment in microseconds since 1970, written without zone, in UTC. */
    CopyLine moment(long micros) {
        return micros == 0 ? none() : text(timestamp(micros));
    }

    CopyLine flag(boolean value) {
        separate().append(value ? 't' : 'f');
        return this;
    }

    CopyLine none() {
        separate().append(NULL);
        return this;
    }

    /** Ends the row. */
    void end(long key) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        begun = false;
        rows.accept(key, bytes);
    }

    static String timestamp(long micros) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000,
                ZoneOffset.UTC)
                .toString();
    }

    private StringBuilder separate() {
        if (begun) {
            text.append('\t');
        }
        begun = true;
        return text;
    }

    private void escape(String value, int index) {
        char character = value.charAt(index);
        switch (character) {
            case '\\' -> text.append("\\\\");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\0' -> text.append(REPLACEMENT);
            default -> text.append(isHalf(value, index) ? REPLACEMENT : character);
        }
    }

    private static boolean isHalf(String value, int index) {
        char character = value.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(character) && (index == 0
                || !Character.isHighSurrogate(value.charAt(index - 1)));
    }
}
