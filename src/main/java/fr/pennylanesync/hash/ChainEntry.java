package fr.pennylanesync.hash;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds all that the ledger says of a batch. Its hash is what the chain of a stream is made of, so that none of it can
 * be altered later without a trace.
 *
 * @param number of the batch in the ledger of its stream: 1, 2, 3 and so on, without a gap
 * @param key names the read within the run
 * @param first the smallest id of its records; empty where it has none
 * @param last the greatest one
 * @param landedAtMicros microseconds since 1970-01-01T00:00:00Z, by the warehouse's clock
 * @param content the batch hash, which covers the records and the deletions
 */
public record ChainEntry(long companyId, String stream, long number, String pass, long run, String key,
        OptionalLong first, OptionalLong last, int records, int changed, int requests, long landedAtMicros,
        Sha256 content) {

    /** The version of the rule by which entries are hashed; in version 1 the chain held the batch hash alone. */
    public static final int VERSION = 2;

    public ChainEntry {
        if (number < 1 || key.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a ledger entry has a number from 1 on, and a key of one line");
        }
    }

    /**
     * Returns the SHA-256 over one line for each fact, in the order of the components, behind a line that says
     * {@code 2}. An absent id is an empty line, a hash stands in lower-case hex digits.
     */
    public Sha256 hash() {
        return Sha256.of(Stream.of(VERSION, companyId, stream, number, pass, run, key, text(first), text(last), records,
                changed, requests, landedAtMicros, content).map(fact -> fact + "\n").collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String text(OptionalLong id) {
        return id.isPresent() ? Long.toString(id.getAsLong()) : "";
    }
}
