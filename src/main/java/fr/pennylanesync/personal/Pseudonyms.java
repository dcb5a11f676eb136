package fr.pennylanesync.personal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes of a value its HMAC-SHA-256: the same value gives the same pseudonym in every table, so that joins still work,
 * and nobody without the key can try out values.
 */
public final class Pseudonyms {

    /** Begins every pseudonym: what begins so is one already. */
    static final String PREFIX = "hmac-sha256:";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_ID_DIGITS = 16;

    private final SecretKeySpec key;

    /** @param key is secret; it goes no further than the HMAC */
    public Pseudonyms(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Returns the pseudonym of a value; one of a pseudonym is itself. */
    String of(String value) {
        return value.startsWith(PREFIX) ? value : PREFIX + hmac(value);
    }

    /** Returns what tells this key from others, and from which the key cannot be found. */
    String keyId() {
        return hmac("the key's own name").substring(0, KEY_ID_DIGITS);
    }

    private String hmac(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pseudonyms that && that.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Says that there is a key, and nothing of it. */
    @Override
    public String toString() {
        return "Pseudonyms[" + keyId() + "]";
    }
}
