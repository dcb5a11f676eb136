package fr.pennylanesync.digest;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The Ed25519 key that signs digest documents. It comes from the settings or from a file, never from the database. */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    /** Stands in the directory of tokens: what is secret lies together. */
    private static final String FILE = "digest.key";
    private static final int PREFIX_BYTES = 16;
    private static final int ENCODED_BYTES = 48;

    private final PrivateKey key;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * Returns the configured key; without one, that of the file {@code digest.key}, which is made where it is missing.
     *
     * @param directory of the file
     * @throws SyncException DIGEST_KEY_UNUSABLE if there is none, and none can be made
     */
    static SigningKey of(Optional<Secret> configured, Path directory) {
        return configured.map(secret -> parse(secret.reveal())).orElseGet(() -> ofFile(directory.resolve(FILE)));
    }

    /** Returns the same, unless it would have to be made. */
    static Optional<SigningKey> find(Optional<Secret> configured, Path directory) {
        return configured.isPresent() || Files.exists(directory.resolve(FILE)) ? Optional.of(of(configured, directory))
                : Optional.empty();
    }

    private static SigningKey ofFile(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return parse(Files.readString(file));
        } catch (IOException unusable) {
            throw unusable("the file " + file + " can be neither read nor made ("
                    + unusable.getClass().getSimpleName() + ")");
        }
    }

    private static void create(Path file) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", OwnerOnly.ofFile(file));
        try {
            byte[] encoded = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair().getPrivate().getEncoded();
            Files.writeString(fresh, Base64.getEncoder().encodeToString(encoded) + "\n",
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has Ed25519", missing);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** @param text PKCS#8, in PEM or as its base64 alone */
    static SigningKey parse(String text) {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException noBase64) {
            throw unusable("it is not base64");
        }
        if (encoded.length != ENCODED_BYTES) {
            throw unusable("it is not PKCS#8 of an Ed25519 key");
        }
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(key, publicKeyOf(Arrays.copyOfRange(encoded, PREFIX_BYTES, ENCODED_BYTES)));
        } catch (GeneralSecurityException refused) {
            throw unusable("it is not PKCS#8 of an Ed25519 key");
        }
    }

    /** The platform has no call for it, but makes a pair of whatever its source of random bytes gives. */
    private static PublicKey publicKeyOf(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(ALGORITHM);
        pairs.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        return pairs.generateKeyPair().getPublic();
    }

    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1;
        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }

    private static SyncException unusable(String why) {
        return new SyncException(DigestErrorCode.DIGEST_KEY_UNUSABLE, why);
    }

    byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key of Ed25519 signs anything", impossible);
        }
    }

    /** Returns the public key, which anybody may have. */
    VerificationKey publicKey() {
        return new VerificationKey(publicKey);
    }
}
