package fr.pennylanesync.landing.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record as storable JSON text, kept as the UTF-8 that is hashed and written: to encode it once for each of these
 * costs more than to hash it.
 */
public final class Payload {

    private final byte[] utf8;

    private Payload(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static Payload of(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the bytes over: nobody else changes them. */
    static Payload of(byte[] utf8) {
        return new Payload(utf8);
    }

    /** The bytes themselves, for those who write them: they are not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
