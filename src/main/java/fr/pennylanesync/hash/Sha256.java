package fr.pennylanesync.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: exactly 32 bytes, compared by content. */
public final class Sha256 {

    public static final int LENGTH_BYTES = 32;

    /** Before the first batch of a chain. */
    public static final Sha256 ZERO = new Sha256(new byte[LENGTH_BYTES]);

    /** To look one up costs as much as to hash a small record; each use leaves it as new. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a SHA-256 value has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** Wraps a stored value. */
    public static Sha256 stored(byte[] bytes) {
        return new Sha256(bytes.clone());
    }

    /** The hash of the concatenation of the parts. */
    public static Sha256 of(byte[]... parts) {
        MessageDigest digest = DIGEST.get();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Sha256(digest.digest());
    }

    /** The hash of the first bytes of an array. */
    static Sha256 of(byte[] bytes, int length) {
        MessageDigest digest = DIGEST.get();
        digest.update(bytes, 0, length);
        return new Sha256(digest.digest());
    }

    /** Begins a hash of contents that come bit by bit; {@link #finish} ends it. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the hash of what the digest was given. */
    public static Sha256 finish(MessageDigest digest) {
        return new Sha256(digest.digest());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@code SHA-256(this ‖ next)}: how a batch is chained to the one before it. */
    public Sha256 chain(Sha256 next) {
        return of(bytes, next.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
