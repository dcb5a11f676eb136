package fr.pennylanesync.console.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One try to log in by the provider. What has to come back is derived from a cookie that only this browser has, so that
 * whoever begins tries and ends none fills no memory here.
 *
 * @param cookie when it began, and what nobody can guess
 * @param state what the browser has to bring back
 * @param nonce what the id token has to hold
 * @param verifier what the code is exchanged with (PKCE)
 */
record OpenIdAttempt(String cookie, String state, String nonce, String verifier) {

    /** People look for their second factor. */
    static final Duration AGE_MAX = Duration.ofMinutes(10);
    private static final Pattern COOKIE = Pattern.compile("(\\d{1,12})\\.[A-Za-z0-9_-]{32}");
    private static final String MAC = "HmacSHA256";
    private static final int RANDOM_BYTES = 24;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Makes the key of a process: what another one began is begun again. */
    static SecretKey key() {
        return new SecretKeySpec(random(KEY_BYTES), MAC);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static OpenIdAttempt begin(SecretKey key, Instant now) {
        return derived(key, now.getEpochSecond() + "." + text(random(RANDOM_BYTES)));
    }

    /** Returns the try that a cookie belongs to; empty where it is none, or too old. */
    static Optional<OpenIdAttempt> of(SecretKey key, String cookie, Instant now) {
        Matcher parts = COOKIE.matcher(cookie);
        return parts.matches() && isYoung(Instant.ofEpochSecond(Long.parseLong(parts.group(1))), now)
                ? Optional.of(derived(key, cookie))
                : Optional.empty();
    }

    private static boolean isYoung(Instant began, Instant now) {
        return !began.isAfter(now) && Duration.between(began, now).compareTo(AGE_MAX) < 0;
    }

    private static OpenIdAttempt derived(SecretKey key, String cookie) {
        return new OpenIdAttempt(cookie, derived(key, "state", cookie), derived(key, "nonce", cookie),
                derived(key, "verifier", cookie));
    }

    private static String derived(SecretKey key, String use, String cookie) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return text(mac.doFinal((use + ":" + cookie).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Tells, in a time that says nothing, whether a state is this one's. */
    boolean isState(String brought) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), brought.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the provider is told of the verifier before it sends a code (S256). */
    String challenge() {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
