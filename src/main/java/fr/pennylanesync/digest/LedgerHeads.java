package fr.pennylanesync.digest;

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

    private final JdbcClient jdbc;
    private final Set<Long> companies;
    private final Set<String> streams;
    private final Map<Place, StreamHead> today = new HashMap<>();

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

    /** Returns the chain hash of the batch that was the newest then. */
    Optional<Sha256> batchHash(StreamHead then) {
        return hash("batch", then, then.batches());
    }

    /** Returns the chain hash of the file's entry that was the newest then. */
    Optional<Sha256> fileHash(StreamHead then) {
        return hash("file_entry", then, then.files());
    }

    private Optional<Sha256> hash(String table, StreamHead then, long number) {
        List<byte[]> found = jdbc.sql("select chain_hash from pennylane_sync." + table
                + " where company_id = ? and stream = ? and number = ?")
                .params(then.company(), then.stream(), number).query(byte[].class).list();
        return found.stream().findFirst().map(Sha256::stored);
    }
}
