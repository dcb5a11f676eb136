package fr.pennylanesync.hash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what personal data left rows and replaced versions of a stream, and what batch hashes are over what was left.
 * Its hash is the content of an entry of that ledger, so that the chain binds it, and what binds the chain.
 *
 * @param number of the ledger's entry
 * @param rule says in one line what was done, and by which rule
 * @param batches that are hashed with what was rewritten, in their order
 */
public record Rewrite(long companyId, String stream, long number, String rule, long rows, long versions,
        List<RewrittenBatch> batches) {

    /** The version of the rule by which these are hashed. */
    public static final int VERSION = 1;
    /** Stands in the ledger where other entries name a way of reading. */
    public static final String PASS = "privacy";

    /**
     * A batch that landed before.
     *
     * @param content its batch hash over what stands here since
     */
    public record RewrittenBatch(long number, Sha256 content) {

        private String line() {
            return number + " " + content + "\n";
        }
    }

    public Rewrite {
        batches = List.copyOf(batches);
    }

    /**
     * Returns the SHA-256 over one line for each fact, in the order of the components, behind a line that says
     * {@code 1}. A batch is a line of its facts, with a blank between them.
     */
    public Sha256 hash() {
        String facts = Stream.of(VERSION, companyId, stream, number, rule, rows, versions).map(fact -> fact + "\n")
                .collect(Collectors.joining());
        return Sha256.of(Stream.concat(Stream.of(facts), batches.stream().map(RewrittenBatch::line))
                .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
    }
}
