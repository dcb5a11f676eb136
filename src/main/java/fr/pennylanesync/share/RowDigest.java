package fr.pennylanesync.share;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

/**
 * Number and sum of row hashes, whatever the order. A row's hash is the first 60 bits of the MD5 of its canonical text:
 * as many as a signed 64-bit number takes in whole hex digits. Finds loss, doubling and corruption; it is not made to
 * withstand a forger.
 *
 * @param rows how many
 * @param sum modulo 2^64
 */
public record RowDigest(long rows, long sum) {

    public static final RowDigest EMPTY = new RowDigest(0, 0);

    static final int HEX_DIGITS = 15;
    private static final int BITS_UNUSED = Long.SIZE - HEX_DIGITS * 4;

    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    });

    /** @param first the first of the two columns that {@link ShareSql#digest} makes */
    public static RowDigest read(ResultSet row, int first) throws SQLException {
        BigDecimal sum = row.getBigDecimal(first + 1);
        return new RowDigest(row.getLong(first), sum.toBigIntegerExact().longValue());
    }

    /**
     * Reads the one row of {@link ShareSql#digest} as the routes get it.
     *
     * @param row the two columns in their order
     */
    static RowDigest read(Map<String, Object> row) {
        Iterator<Object> columns = row.values().iterator();
        long rows = ((Number) columns.next()).longValue();
        return new RowDigest(rows, ((BigDecimal) columns.next()).toBigIntegerExact().longValue());
    }

    /**
     * With one row more.
     *
     * @param canonical the row's canonical text
     */
    public RowDigest plus(String canonical) {
        return new RowDigest(rows + 1, sum + (leading(canonical.getBytes(StandardCharsets.UTF_8)) >>> BITS_UNUSED));
    }

    public RowDigest plus(RowDigest other) {
        return new RowDigest(rows + other.rows, sum + other.sum);
    }

    /** The MD5 of a text as SQL's function spells it. */
    static String hex(String text) {
        return HexFormat.of().formatHex(MD5.get().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The first 64 bits of a text's MD5. */
    static long leading(byte[] text) {
        return ByteBuffer.wrap(MD5.get().digest(text)).getLong();
    }

    /** Short enough for a table. */
    @Override
    public String toString() {
        return rows + ":" + Long.toHexString(sum);
    }
}
