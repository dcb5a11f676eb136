package fr.pennylanesync.digest;

import fr.pennylanesync.digest.StreamHeads.Place;
import fr.pennylanesync.hash.SealedEntries;
import fr.pennylanesync.hash.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers what the chains of a warehouse hold today at the numbers that a document names. It reads the warehouse when
 * it is first asked: the document is at hand then, so whatever the document says had landed before.
 */
final class LedgerHeads {

    /** Holds the chain hash that was looked up last: the next document mostly names the same number. */
    private record Looked(long number, Optional<Sha256> chain) {}

    private record Link(long number, Sha256 chain) {}

    private final JdbcClient jdbc;
    private final Set<Long> companies;
    private final Set<String> streams;
    private final Map<Place, SealedEntries> sealedEntries = new HashMap<>();
    private final Map<Place, Looked> batches = new HashMap<>();
    private final Map<Place, Looked> files = new HashMap<>();
    private Optional<Map<Place, StreamHead>> today = Optional.empty();

    /**
     * @param companies that are compared; empty: all
     * @param streams that are compared; empty: all
     */
    LedgerHeads(JdbcClient jdbc, Collection<Long> companies, Collection<String> streams) {
        this.jdbc = jdbc;
        this.companies = Set.copyOf(companies);
        this.streams = Set.copyOf(streams);
    }

    boolean isSelected(StreamHead head) {
        return (companies.isEmpty() || companies.contains(head.company()))
                && (streams.isEmpty() || streams.contains(head.stream()));
    }

    /** Returns the head of the stream now; empty where the stream, or its company, is not in the warehouse. */
    Optional<StreamHead> today(StreamHead then) {
        if (today.isEmpty()) {
            today = Optional.of(read());
        }
        return Optional.ofNullable(today.get().get(place(then)));
    }

    private Map<Place, StreamHead> read() {
        Set<Long> known = jdbc.sql("select id from pennylane_sync.company").query(Long.class).set();
        Map<Place, StreamHead> heads = new HashMap<>();
        new StreamHeads(jdbc).read().stream().filter(head -> known.contains(head.company()))
                .forEach(head -> heads.put(place(head), head));
        return heads;
    }

    private static Place place(StreamHead head) {
        return new Place(head.company(), head.stream());
    }

    /** Returns the chain hash of the batch that was the newest then. */
    Optional<Sha256> batchHash(StreamHead then) {
        return looked(batches, place(then), then.batches(), () -> lookBatchUp(then));
    }

    private static Optional<Sha256> looked(Map<Place, Looked> before, Place place, long number,
            Supplier<Optional<Sha256>> look) {
        Looked looked = before.get(place);
        if (looked == null || looked.number() != number) {
            looked = new Looked(number, look.get());
            before.put(place, looked);
        }
        return looked.chain();
    }

    /**
     * Follows the chain, where the batch was thinned since, from the last batch before it that is here, over the
     * entries that its seals kept. What is thinned during the verification is in seals that have to be read again.
     */
    private Optional<Sha256> lookBatchUp(StreamHead then) {
        Link before = newestUpTo(then);
        if (before.number() == then.batches()) {
            return Optional.of(before.chain());
        }
        Place place = place(then);
        return follow(before, then.batches(), sealedEntries.computeIfAbsent(place, this::sealed)).or(() -> {
            sealedEntries.put(place, sealed(place));
            return follow(before, then.batches(), sealedEntries.get(place));
        });
    }

    private static Optional<Sha256> follow(Link before, long last, SealedEntries sealed) {
        Optional<Sha256> head = Optional.of(before.chain());
        for (long next = before.number() + 1; next <= last && head.isPresent(); next++) {
            head = sealed.next(next, head.get());
        }
        return head;
    }

    private Link newestUpTo(StreamHead then) {
        return jdbc.sql("select number, chain_hash from pennylane_sync.batch"
                + " where company_id = ? and stream = ? and number <= ? order by number desc limit 1")
                .params(then.company(), then.stream(), then.batches())
                .query((row, n) -> new Link(row.getLong(1), Sha256.stored(row.getBytes(2)))).optional()
                .orElse(new Link(0, Sha256.ZERO));
    }

    private SealedEntries sealed(Place place) {
        SealedEntries entries = new SealedEntries();
        jdbc.sql("select u.number, u.entry from pennylane_sync.seal s cross join lateral"
                + " unnest(s.batch_numbers, s.batch_entries) u(number, entry) where company_id = ? and stream = ?")
                .params(place.company(), place.stream())
                .query(row -> {
                    entries.add(row.getLong(1), Sha256.stored(row.getBytes(2)));
                });
        return entries;
    }

    /** Returns the chain hash of the file's entry that was the newest then. */
    Optional<Sha256> fileHash(StreamHead then) {
        return looked(files, place(then), then.files(), () -> lookFileUp(then));
    }

    private Optional<Sha256> lookFileUp(StreamHead then) {
        List<byte[]> found = jdbc.sql("select chain_hash from pennylane_sync.file_entry"
                + " where company_id = ? and stream = ? and number = ?")
                .params(then.company(), then.stream(), then.files()).query(byte[].class).list();
        return found.stream().findFirst().map(Sha256::stored);
    }
}
