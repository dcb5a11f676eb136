package fr.pennylanesync.digest;

import static fr.pennylanesync.digest.DigestErrorCode.CHAIN_CUT;
import static fr.pennylanesync.digest.DigestErrorCode.CHAIN_REWRITTEN;
import static fr.pennylanesync.digest.DigestErrorCode.DIGEST_MISSING;
import static fr.pennylanesync.digest.DigestErrorCode.DIGEST_SIGNATURE;
import static fr.pennylanesync.digest.DigestErrorCode.STREAM_VANISHED;
import static fr.pennylanesync.digest.DigestErrorCode.TIME_STAMP_INVALID;

import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.digest.DigestStore.MadeDigest;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds a warehouse against its digest documents: each is signed and follows the one before it, and every chain holds
 * today what it held when the document was made. What lies in the chains is recomputed elsewhere.
 */
public final class DigestVerification {

    private static final int KEPT_MAX = 1000;
    /** By so much the clocks of the database and of the server may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    /**
     * Says what a verification found.
     *
     * @param documents that were looked at
     * @param heads of streams that were compared
     * @param trusted whether the signatures were checked by a key that does not come from the documents themselves
     * @param differenceCount how many differences there are
     * @param differences the first thousand of them; codes, places and numbers only
     */
    public record DigestVerificationResult(long documents, long heads, boolean trusted, long differenceCount,
            List<String> differences) {

        public boolean isGood() {
            return differenceCount == 0;
        }
    }

    private final DigestStore store;
    private final UUID warehouse;
    private final Optional<List<VerificationKey>> keys;
    private final LedgerHeads ledger;
    private final List<String> differences = new ArrayList<>();
    private long documents;
    private long heads;
    private long differenceCount;

    /**
     * @param keys that are trusted; empty: that of this installation, or else those that the documents name
     * @param companies that are compared; empty: all
     * @param streams that are compared; empty: all
     */
    public DigestVerification(Settings settings, JdbcClient jdbc, Optional<Path> keys, Collection<Long> companies,
            Collection<String> streams) {
        this.store = new DigestStore(jdbc);
        this.warehouse = store.warehouse();
        this.keys = keys.map(VerificationKey::read).or(() -> SigningKey
                .find(settings.digest().privateKey(), settings.pennylane().tokens().directory())
                .map(own -> List.of(own.publicKey())));
        this.ledger = new LedgerHeads(jdbc, companies, streams);
    }

    /** Verifies the newest document of the bucket. */
    public DigestVerificationResult latest(S3Archive archive) {
        DigestArchive stored = new DigestArchive(archive, warehouse);
        List<Long> sequences = listed(stored);
        if (!sequences.isEmpty()) {
            long last = sequences.get(sequences.size() - 1);
            stored.read(last).flatMap(text -> parsed("digest " + last, text)).ifPresent(digest -> {
                verify("digest " + last, digest);
                verifyStamp(stored, digest, last);
            });
        }
        return result();
    }

    /** Verifies every document of the bucket. */
    public DigestVerificationResult all(S3Archive archive) {
        DigestArchive stored = new DigestArchive(archive, warehouse);
        List<Long> sequences = listed(stored);
        long expected = 1;
        Optional<Sha256> before = Optional.of(Sha256.ZERO);
        for (long sequence : sequences) {
            for (; expected < sequence; expected++) {
                differ(DIGEST_MISSING, "digest " + expected);
                before = Optional.empty();
            }
            String place = "digest " + sequence;
            Optional<SignedDigest> digest = stored.read(sequence).flatMap(text -> parsed(place, text));
            if (digest.isPresent()) {
                follows(place, digest.get(), sequence, before);
                verify(place, digest.get());
                verifyStamp(stored, digest.get(), sequence);
            }
            before = digest.map(read -> read.document().hash());
            expected = sequence + 1;
        }
        return result();
    }

    private void follows(String place, SignedDigest digest, long sequence, Optional<Sha256> before) {
        boolean follows = before.map(digest.document().previous()::equals).orElse(true);
        if (digest.document().sequence() != sequence || !follows) {
            differ(DIGEST_MISSING, place + " does not follow the one before it");
        }
    }

    /** The list is asked for last: a document that is stored meanwhile is none that is missing. */
    private List<Long> listed(DigestArchive stored) {
        Optional<MadeDigest> newest = store.newest().filter(MadeDigest::stored);
        List<Long> sequences = stored.sequences(0);
        long last = sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
        if (sequences.isEmpty() && newest.isEmpty()) {
            differ(DIGEST_MISSING, "there is no digest of warehouse " + warehouse);
        }
        for (long lost = last + 1; lost <= newest.map(MadeDigest::sequence).orElse(0L); lost++) {
            differ(DIGEST_MISSING, "digest " + lost);
        }
        return sequences;
    }

    /**
     * Verifies one document that somebody kept.
     *
     * @throws SyncException DIGEST_MISSING if the file cannot be read
     */
    public DigestVerificationResult file(Path file) {
        try {
            String place = "digest " + file.getFileName();
            parsed(place, Files.readString(file)).ifPresent(digest -> verify(place, digest));
            return result();
        } catch (IOException unreadable) {
            throw new SyncException(DIGEST_MISSING, file + " cannot be read");
        }
    }

    private Optional<SignedDigest> parsed(String place, String text) {
        try {
            return Optional.of(SignedDigest.parse(text));
        } catch (SyncException refused) {
            differ(DIGEST_SIGNATURE, place + " is no signed digest document");
            return Optional.empty();
        }
    }

    private void verify(String place, SignedDigest digest) {
        documents++;
        if (!digest.isSignedBy(keys.orElse(List.of(digest.signer())))) {
            differ(DIGEST_SIGNATURE, place + " was not signed by the key");
        }
        if (!digest.document().warehouse().equals(warehouse)) {
            differ(DIGEST_SIGNATURE, place + " is of warehouse " + digest.document().warehouse());
            return;
        }
        digest.document().streams().stream().filter(ledger::isSelected).forEach(head -> compare(place, head));
    }

    /** A document may lie there without a time stamp, but none that had one may lose it. */
    private void verifyStamp(DigestArchive stored, SignedDigest digest, long sequence) {
        String place = "the time stamp of digest " + sequence;
        boolean isStamped = store.isStamped(sequence);
        Optional<byte[]> answer = stored.readStamp(sequence);
        if (answer.isEmpty()) {
            if (isStamped) {
                differ(DIGEST_MISSING, place);
            }
            return;
        }
        try {
            Instant at = TimeStamp.of(answer.get(), digest.document().hash()).at();
            if (at.isBefore(digest.document().createdAt().minus(CLOCKS_DIFFER))) {
                differ(TIME_STAMP_INVALID, place + " is older than the document");
            }
        } catch (SyncException refused) {
            differ(TIME_STAMP_INVALID, place + " is none of it");
        }
    }

    private void compare(String anchor, StreamHead then) {
        heads++;
        String place = "company " + then.company() + " " + then.stream() + ": ";
        Optional<StreamHead> today = ledger.today(then);
        if (today.isEmpty()) {
            differ(STREAM_VANISHED, place + "it is in " + anchor + " and no more in the warehouse");
            return;
        }
        StreamHead now = today.get();
        if (then.batches() > 0) {
            compareChain(place + "batch ", anchor, now.batches(), then.batches(), ledger.batchHash(then),
                    then.head());
        }
        if (then.files() > 0) {
            compareChain(place + "file entry ", anchor, now.files(), then.files(), ledger.fileHash(then),
                    then.filesHead());
        }
        compareCount(place + "rows", anchor, now.rows(), then.rows());
        compareCount(place + "versions", anchor, now.versions(), then.versions());
    }

    private void compareChain(String place, String anchor, long now, long then, Optional<Sha256> hash,
            Sha256 anchored) {
        if (hash.isEmpty()) {
            differ(CHAIN_CUT, place + then + " of " + anchor + " is not there; the newest is " + now);
        } else if (!hash.get().equals(anchored)) {
            differ(CHAIN_REWRITTEN, place + then + " is not the one of " + anchor);
        }
    }

    private void compareCount(String what, String anchor, long now, long then) {
        if (now < then) {
            differ(CHAIN_CUT, what + " are " + now + ", and were " + then + " in " + anchor);
        }
    }

    private void differ(DigestErrorCode code, String what) {
        differenceCount++;
        if (differences.size() < KEPT_MAX) {
            differences.add(code + " " + what);
        }
    }

    private DigestVerificationResult result() {
        return new DigestVerificationResult(documents, heads, keys.isPresent(), differenceCount,
                List.copyOf(differences));
    }
}
