package fr.pennylanesync.share;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Number and sum of row hashes, whatever the order: four sums of 32-bit slices of each row's MD5. Finds loss, doubling and corruption; it is
 * not made to withstand a forger. The slices keep each sum within 64 bits up to two thousand million rows.
 *
 * @param rows how many
 */
public record RowDigest(long rows, long sum1, long sum2, long sum3, long sum4) {

    public static final RowDigest EMPTY = new RowDigest(0, 0, 0, 0, 0);

    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    });

    /** With one row more. @param canonical the row's canonical text */
    public RowDigest plus(String canonical) {
        ByteBuffer slices = ByteBuffer.wrap(MD5.get().digest(canonical.getBytes(StandardCharsets.UTF_8)));
        return new RowDigest(rows + 1, sum1 + slice(slices), sum2 + slice(slices), sum3 + slice(slices), sum4 + slice(slices));
    }

    public RowDigest plus(RowDigest other) {
        return new RowDigest(rows + other.rows, sum1 + other.sum1, sum2 + other.sum2, sum3 + other.sum3, sum4 + other.sum4);
    }

    /** The first 64 bits of a text's MD5. */
    static long leading(byte[] text) {
        return ByteBuffer.wrap(MD5.get().digest(text)).getLong();
    }

    private static long slice(ByteBuffer slices) {
        return Integer.toUnsignedLong(slices.getInt());
    }

    /** Short enough for a table. */
    @Override
    public String toString() {
        return rows + ":" + Long.toHexString(sum1) + "." + Long.toHexString(sum2) + "." + Long.toHexString(sum3) + "." + Long.toHexString(sum4);
    }
}
