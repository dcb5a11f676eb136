package fr.pennylanesync.hash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what was thinned out of the ledger and the replaced versions of a stream. Its hash is the content of an entry of
 * that ledger, so that the chain binds it, and what binds the chain.
 *
 * @param number of the ledger's entry
 * @param versionsBeforeMicros no version that was replaced earlier was left; empty where none was looked for
 * @param versions how many were removed
 * @param versionsHash over these versions
 * @param batchesBeforeMicros batches that landed earlier were removed where nothing names them; empty where none was
 * looked for
 * @param records and deletions that the removed batches named
 * @param batches that were removed, in their order
 */
public record Seal(long companyId, String stream, long number, OptionalLong versionsBeforeMicros, long versions,
        Sha256 versionsHash, OptionalLong batchesBeforeMicros, long records, List<SealedBatch> batches) {

    /** The version of the rule by which seals are hashed. */
    public static final int VERSION = 1;
    /** Stands in the ledger where other entries name a way of reading. */
    public static final String PASS = "thinning";

    /**
     * A batch that was removed, as far as anything is left of it.
     *
     * @param entry the hash of its entry, of which the chain is made
     */
    public record SealedBatch(long number, long id, long landedAtMicros, Sha256 entry) {

        private String line() {
            return number + " " + id + " " + landedAtMicros + " " + entry + "\n";
        }
    }

    public Seal {
        batches = List.copyOf(batches);
    }

    /**
     * Returns the SHA-256 over one line for each fact, in the order of the components, behind a line that says
     * {@code 1}; an absent instant is an empty line. A batch is a line of its facts, with a blank between them.
     */
    public Sha256 hash() {
        String facts = Stream.of(VERSION, companyId, stream, number, text(versionsBeforeMicros), versions,
                versionsHash, text(batchesBeforeMicros), records).map(fact -> fact + "\n")
                .collect(Collectors.joining());
        return Sha256.of(Stream.concat(Stream.of(facts), batches.stream().map(SealedBatch::line))
                .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(OptionalLong micros) {
        return micros.isPresent() ? Long.toString(micros.getAsLong()) : "";
    }
}
