package fr.pennylanesync.digest;

import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key by which digest documents are checked. */
public record VerificationKey(PublicKey key) {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final int LINE = 64;

    /**
     * Reads one key or several, of which each may have signed.
     *
     * @param file in PEM
     * @throws SyncException DIGEST_KEY_UNUSABLE if it holds none
     */
    public static List<VerificationKey> read(Path file) {
        List<VerificationKey> keys = new ArrayList<>();
        try {
            Matcher blocks = PEM.matcher(Files.readString(file));
            while (blocks.find()) {
                keys.add(parse(blocks.group(1)));
            }
        } catch (IOException unreadable) {
            throw new SyncException(DigestErrorCode.DIGEST_KEY_UNUSABLE, file + " cannot be read");
        }
        if (keys.isEmpty()) {
            throw new SyncException(DigestErrorCode.DIGEST_KEY_UNUSABLE, file + " holds no public key in PEM");
        }
        return keys;
    }

    static VerificationKey parse(String base64) {
        try {
            return new VerificationKey(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64))));
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            throw new SyncException(DigestErrorCode.DIGEST_KEY_UNUSABLE, "it is not a public key of Ed25519");
        }
    }

    boolean accepts(byte[] content, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Returns the key as a file that {@code openssl} reads. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + base64().replaceAll("(.{" + LINE + "})", "$1\n")
                + "\n-----END PUBLIC KEY-----\n";
    }
}
