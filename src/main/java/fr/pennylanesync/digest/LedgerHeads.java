package fr.pennylanesync.digest;

import fr.pennylanesync.hash.SealedEntries;
import fr.pennylanesync.hash.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers what the chains of a warehouse hold today at the numbers that a document names. */
final class LedgerHeads {

    private record Place(long company, String stream) {}

    private record Link(long number, Sha256 chain) {}

    private final JdbcClient jdbc;
    private final Set<Long> companies;
    private final Set<String> streams;
    private final Map<Place, StreamHead> today = new HashMap<>();
    private final Map<Place, SealedEntries> sealedEntries = new HashMap<>();

    /**
     * @param companies that are compared; empty: all
     * @param streams that are compared; empty: all
     */
    LedgerHeads(JdbcClient jdbc, Collection<Long> companies, Collection<String> streams) {
        this.jdbc = jdbc;
        this.companies = Set.copyOf(companies);
        this.streams = Set.copyOf(streams);
        new StreamHeads(jdbc).read().forEach(head -> today.put(new Place(head.company(), head.stream()), head));
    }

    boolean isSelected(StreamHead head) {
        return (companies.isEmpty() || companies.contains(head.company()))
                && (streams.isEmpty() || streams.contains(head.stream()));
    }

    Optional<StreamHead> today(StreamHead then) {
        boolean known = jdbc.sql("select exists (select 1 from pennylane_sync.company where id = ?)")
                .param(then.company()).query(Boolean.class).single();
        return Optional.ofNullable(today.get(new Place(then.company(), then.stream()))).filter(there -> known);
    }

    /**
     * Returns the chain hash of the batch that was the newest then. Where it was thinned since, the chain is followed
     * from the last batch before it that is here, over the entries that its seals kept.
     */
    Optional<Sha256> batchHash(StreamHead then) {
        Link before = newestUpTo(then);
        Optional<Sha256> head = Optional.of(before.chain());
        if (before.number() < then.batches()) {
            SealedEntries sealed =
                    sealedEntries.computeIfAbsent(new Place(then.company(), then.stream()), this::sealed);
            for (long next = before.number() + 1; next <= then.batches() && head.isPresent(); next++) {
                head = sealed.next(next, head.get());
            }
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
        List<byte[]> found = jdbc.sql("select chain_hash from pennylane_sync.file_entry"
                + " where company_id = ? and stream = ? and number = ?")
                .params(then.company(), then.stream(), then.files()).query(byte[].class).list();
        return found.stream().findFirst().map(Sha256::stored);
    }
}
