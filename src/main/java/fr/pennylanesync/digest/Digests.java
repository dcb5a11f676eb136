package fr.pennylanesync.digest;

import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.digest.DigestStore.MadeDigest;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes digest documents. One that was made is stored before the next is made, whatever dies in between: its row holds
 * the bytes that are to be stored.
 */
public final class Digests {

    /** Is what a person writes down of a document. */
    public record DigestLine(long sequence, Sha256 root, Instant createdAt) {

        /** The one line that is mailed or filed. */
        public String text() {
            return sequence + " " + root + " " + createdAt;
        }
    }

    private final Settings settings;
    private final Supplier<S3Archive> archive;
    private final DigestStore store;
    private final StreamHeads heads;
    private final TransactionTemplate snapshot;

    /** @param archive opened when a document is to be stored */
    public Digests(Settings settings, Warehouse warehouse, Supplier<S3Archive> archive) {
        JdbcClient jdbc = warehouse.jdbc();
        this.settings = settings;
        this.archive = archive;
        this.store = new DigestStore(jdbc);
        this.heads = new StreamHeads(jdbc);
        this.snapshot = new TransactionTemplate(warehouse.transactionManager());
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Tells whether a document should be made, or one that was made is not stored yet. */
    public boolean isDue() {
        return store.isDue(settings.digest().interval());
    }

    /**
     * Makes the next document, from one snapshot; one that was made and not stored is taken instead.
     *
     * @return empty where another process makes one just now
     * @throws SyncException if it cannot be signed, or the archive cannot be asked for the document before
     */
    public Optional<DigestUpload> make() {
        SigningKey key = key(settings);
        DigestArchive stored = new DigestArchive(archive.get(), store.warehouse());
        return snapshot.execute(status -> store.lock() ? Optional.of(make(key, stored)) : Optional.empty());
    }

    private DigestUpload make(SigningKey key, DigestArchive stored) {
        Optional<MadeDigest> newest = store.newest();
        MadeDigest made = newest.filter(pending -> !pending.stored())
                .orElseGet(() -> store.append(next(key, stored, newest), settings.digest().interval()));
        return DigestUpload.document(made.sequence(),
                DigestArchive.key(settings.archive().s3().prefix(), store.warehouse(), made.sequence()),
                made.content());
    }

    /**
     * Asks for the time stamp of the newest document that is stored and has none; an answer that came and is not stored
     * yet is taken instead. The documents before it are bound by it too.
     *
     * @return empty where no server is configured, or the newest is stamped
     * @throws SyncException if the server does not answer, or answers with something else
     */
    public Optional<DigestUpload> stamp() {
        return settings.digest().tsaUrl().flatMap(url -> store.newest().filter(MadeDigest::stored)
                .filter(made -> !store.isStamped(made.sequence()))
                .map(made -> DigestUpload.timeStamp(made.sequence(),
                        DigestArchive.stampKey(settings.archive().s3().prefix(), store.warehouse(), made.sequence()),
                        store.timeStamp(made.sequence(),
                                () -> new TimeStampServer(url).stamp(made.documentHash()).answer()))));
    }

    /** Notes that the time stamp lies where it should. */
    public void stamped(DigestUpload upload) {
        store.stamped(upload.sequence());
    }

    /** A warehouse that was restored from a backup knows fewer documents than the bucket holds. */
    private SignedDigest next(SigningKey key, DigestArchive stored, Optional<MadeDigest> newest) {
        long sequence = newest.map(MadeDigest::sequence).orElse(0L);
        Sha256 previous = newest.map(MadeDigest::documentHash).orElse(Sha256.ZERO);
        List<Long> unknown = stored.sequences(sequence);
        if (!unknown.isEmpty()) {
            sequence = unknown.get(unknown.size() - 1);
            previous = SignedDigest.parse(stored.read(sequence).orElseThrow()).document().hash();
        }
        return SignedDigest.of(
                new DigestDocument(store.warehouse(), sequence + 1, store.now(), previous, heads.read()), key);
    }

    /**
     * Reads back what the bucket holds.
     *
     * @throws SyncException if it is not the document, or not locked as long as asked
     */
    public void confirm(DigestUpload upload) {
        archive.get().confirm(upload.key(), upload.hash(), upload.body().length, !upload.adopted());
    }

    /**
     * Writes the document into the second place, where one is configured. What lies there already must be the same.
     *
     * @throws SyncException DIGEST_DIRECTORY_UNUSABLE if it cannot be written
     */
    public void copy(DigestUpload upload) {
        if (settings.digest().directory().isEmpty()) {
            return;
        }
        Path file = settings.digest().directory().get().resolve(store.warehouse().toString())
                .resolve(upload.name());
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "digest", ".new");
            Files.write(fresh, upload.body(), StandardOpenOption.SYNC);
            createLink(file, fresh, upload);
        } catch (IOException refused) {
            throw new SyncException(DigestErrorCode.DIGEST_DIRECTORY_UNUSABLE,
                    "document " + upload.sequence() + " (" + refused.getClass().getSimpleName() + ")");
        }
    }

    private static void createLink(Path file, Path fresh, DigestUpload upload) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException there) {
            if (!Arrays.equals(Files.readAllBytes(file), upload.body())) {
                throw there;
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Notes that the document lies where it should. */
    public DigestLine stored(DigestUpload upload) {
        store.stored(upload.sequence());
        return newest().orElseThrow();
    }

    /** Returns the line of the newest document that is stored. */
    public Optional<DigestLine> newest() {
        return store.newest().filter(MadeDigest::stored)
                .map(made -> new DigestLine(made.sequence(), made.root(), made.createdAt()));
    }

    /** Returns the public key of the key that signs; makes one where there is none. */
    public static VerificationKey publicKey(Settings settings) {
        return key(settings).publicKey();
    }

    private static SigningKey key(Settings settings) {
        return SigningKey.of(settings.digest().privateKey(), settings.pennylane().tokens().directory());
    }
}
