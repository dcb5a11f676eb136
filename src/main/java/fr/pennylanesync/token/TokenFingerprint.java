package fr.pennylanesync.token;

import fr.pennylanesync.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Is all that the warehouse keeps of a token: a random salt and the SHA-256 of both. Tokens are long and random, so
 * nothing can be found from it; it only tells whether a token is still the one that was verified.
 */
public record TokenFingerprint(byte[] salt, byte[] digest) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    public static TokenFingerprint of(Secret token) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new TokenFingerprint(salt, digest(salt, token));
    }

    public boolean matches(Secret token) {
        return MessageDigest.isEqual(digest, digest(salt, token));
    }

    private static byte[] digest(byte[] salt, Secret token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
