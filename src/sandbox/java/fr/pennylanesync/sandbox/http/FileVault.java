package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.api.FileLinks;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes file URLs and reads them back. The URL is a sealed ticket with the file and the moment it was issued: nothing
 * is remembered, nothing can be guessed, and no two are alike. It is good for 30 minutes, as Pennylane documents.
 */
final class FileVault implements FileLinks {

    static final Duration VALIDITY = Duration.ofMinutes(30);
    static final String PREFIX = "/files/";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PLAIN_BYTES = 3 * Long.BYTES + 1;

    /** What a URL says. */
    record Ticket(FileKind kind, long companyId, long recordId, Instant issuedAt) {}

    private final Supplier<String> host;
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final int instance;
    private final AtomicLong sequence = new AtomicLong();

    FileVault(Supplier<String> host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "AES");
        this.instance = random.nextInt();
    }

    @Override
    public String link(FileKind kind, long companyId, long recordId, String fileName) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(instance).putLong(sequence.incrementAndGet()).array();
        byte[] plain = ByteBuffer.allocate(PLAIN_BYTES).put((byte) kind.ordinal()).putLong(companyId).putLong(recordId)
                .putLong(clock.millis()).array();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain).orElseThrow();
        byte[] ticket = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
        return host.get() + PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(ticket) + "/document."
                + kind.extension();
    }

    /** What a file path says; nothing when it is not one of ours. */
    Optional<Ticket> read(String path) {
        String text = path.substring(PREFIX.length()).split("/")[0];
        try {
            byte[] ticket = Base64.getUrlDecoder().decode(text);
            if (ticket.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(ticket, NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(ticket, NONCE_BYTES, ticket.length);
            return crypt(Cipher.DECRYPT_MODE, nonce, sealed).map(FileVault::parse);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    boolean isExpired(Ticket ticket) {
        return age(ticket).compareTo(VALIDITY) > 0;
    }

    Duration age(Ticket ticket) {
        return Duration.between(ticket.issuedAt(), clock.instant());
    }

    private static Ticket parse(byte[] plain) {
        ByteBuffer buffer = ByteBuffer.wrap(plain);
        FileKind kind = FileKind.values()[buffer.get()];
        return new Ticket(kind, buffer.getLong(), buffer.getLong(), Instant.ofEpochMilli(buffer.getLong()));
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(input));
        } catch (GeneralSecurityException notSealedByUs) {
            return Optional.empty();
        }
    }
}
