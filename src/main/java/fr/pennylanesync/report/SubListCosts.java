package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.IncompleteStreams;
import fr.pennylanesync.landing.state.IncompleteStreams.Key;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reckons what part of a stream's sub-lists has to be asked for, by the proofs that are in use and by what they told of
 * the company's sub-lists so far.
 */
final class SubListCosts {

    /** Taken before anything was proven. */
    private static final double FILLED_AT_FIRST = 0.5;
    /** Two readings of a hundred parents, and one in a hundred that is watched. */
    private static final double OF_A_QUESTION = 0.03;
    /** Counts those that are watched, and those that a page brings in part. */
    private static final double OF_INCLUDED = 0.02;
    private static final int PARENTS_PER_QUESTION = 100;

    /**
     * Says what the questions told.
     *
     * @param judged sub-lists
     * @param empty how many of them had nothing
     */
    private record Told(double judged, double empty) {

        static final Told NOTHING = new Told(0, 0);

        double filled() {
            return judged == 0 ? FILLED_AT_FIRST : Math.max(0, 1 - empty / judged);
        }
    }

    private final StreamCatalog catalog;
    private final Set<Proof> inUse;
    private final Set<Key> incomplete;
    private final Set<Key> notPermitted;
    private final Map<Proof, Set<Key>> contradicted = new EnumMap<>(Proof.class);
    private final Map<Key, Told> told = new HashMap<>();
    private final Set<Key> asked = new HashSet<>();
    private final Map<Key, Double> agreed = new HashMap<>();

    SubListCosts(JdbcClient jdbc, StreamCatalog catalog, Set<Proof> inUse) {
        this.catalog = catalog;
        this.inUse = Set.copyOf(inUse);
        IncompleteStreams streams = new IncompleteStreams(jdbc);
        this.incomplete = streams.all();
        this.notPermitted = streams.notPermitted();
        jdbc.sql("select company_id, stream, proof from pennylane_sync.sub_list_proof where "
                + SubListProofs.IS_OFF).query(row -> {
                    contradicted.computeIfAbsent(Proof.of(row.getString(3)), proof -> new HashSet<>())
                            .add(new Key(row.getLong(1), row.getString(2)));
                });
        jdbc.sql("select company_id, stream, agreed from pennylane_sync.sub_list_proof where proof = ?")
                .param(Proof.DERIVED.label())
                .query(row -> {
                    agreed.put(new Key(row.getLong(1), row.getString(2)), row.getDouble(3));
                });
        readTold(jdbc);
    }

    private void readTold(JdbcClient jdbc) {
        String[] filtered = catalog.all().stream().filter(SubListCosts::isFiltered).map(StreamDefinition::name)
                .toArray(String[]::new);
        jdbc.sql("""
                select d.company_id, d.stream,
                    (select count(*) from pennylane_sync.proven_sub_list p where p.company_id = d.company_id
                        and p.stream = d.stream and p.proof = 'filter'),
                    (select count(*) from pennylane_sync.batch b where b.company_id = d.company_id
                        and b.stream = d.stream and b.pass = 'proof'),
                    exists (select 1 from pennylane_sync.batch b where b.company_id = d.company_id
                        and b.stream = d.stream and b.pass = 'walk')
                from pennylane_sync.due d where d.stream = any(:filtered) group by 1, 2 having count(*) >= :many""")
                .param("filtered", filtered).param("many", PARENTS_PER_QUESTION).query(row -> {
                    Key key = new Key(row.getLong(1), row.getString(2));
                    double empty = row.getLong(3);
                    told.put(key, new Told(Math.max(empty, row.getDouble(4) * PARENTS_PER_QUESTION), empty));
                    if (row.getBoolean(5)) {
                        asked.add(key);
                    }
                });
    }

    private static boolean isFiltered(StreamDefinition stream) {
        return stream.isChild() && !stream.evidence().filteredBy().isEmpty();
    }

    boolean isPermitted(long company, String stream) {
        return !notPermitted.contains(new Key(company, stream));
    }

    /**
     * Reckons how many of the sub-lists are asked for.
     *
     * @param due sub-lists that are due
     * @param ofHistory those of them that a history made due
     */
    double ofDue(long company, StreamDefinition stream, double due, double ofHistory) {
        // Of a history alone it is derived, if that is worth it.
        if (ofHistory >= SubListProofs.WORTH_DERIVING && derives(company, stream)) {
            return due - ofHistory + watched(company, stream, ofHistory);
        }
        if (!isProvable(company, stream) || asked.contains(new Key(company, stream.name()))) {
            return due;
        }
        double filled = Math.min(ofHistory, told(company, stream).judged() - told(company, stream).empty());
        return due - ofHistory + filled + (ofHistory - filled) * share(company, stream);
    }

    /**
     * Reckons how many sub-lists of records that are not here yet are asked for.
     *
     * @param all records that the parents' list will have
     */
    double ofUnread(long company, StreamDefinition stream, double records, double all) {
        if (all >= SubListProofs.WORTH_DERIVING && derives(company, stream)) {
            return watched(company, stream, records);
        }
        if (stream.include().isPresent() && isUsable(company, stream, Proof.INCLUDE)) {
            return records * OF_INCLUDED;
        }
        return records * (isProvable(company, stream) ? share(company, stream) : 1);
    }

    private boolean isProvable(long company, StreamDefinition stream) {
        return isFiltered(stream) && isUsable(company, stream, Proof.FILTER);
    }

    private double share(long company, StreamDefinition stream) {
        return Math.min(1, told(company, stream).filled() + OF_A_QUESTION);
    }

    private Told told(long company, StreamDefinition stream) {
        return told.getOrDefault(new Key(company, stream.name()), Told.NOTHING);
    }

    /** Reckons with the trials of what is derived: at first, and ever after. */
    private double watched(long company, StreamDefinition stream, double derived) {
        double trials = Math.max(0, SubListProofs.TRIALS - agreed.getOrDefault(new Key(company, stream.name()), 0.0));
        return Math.min(derived, trials + Math.floor(derived / SubListProofs.WATCHED_EACH));
    }

    private boolean isUsable(long company, StreamDefinition stream, Proof proof) {
        return inUse.contains(proof)
                && !contradicted.getOrDefault(proof, Set.of()).contains(new Key(company, stream.name()));
    }

    /** Tells what takes no request because it is made of a relation's other side. */
    private boolean derives(long company, StreamDefinition stream) {
        Set<String> mirrors = stream.evidence().mirrors().keySet();
        return !mirrors.isEmpty() && isUsable(company, stream, Proof.DERIVED)
                && mirrors.stream().allMatch(name -> catalog.find(name).filter(StreamDefinition::enabled)
                        .filter(mirror -> isWhole(company, mirror)).isPresent());
    }

    private boolean isWhole(long company, StreamDefinition mirror) {
        return Stream.of(mirror.name(), mirror.parent().orElseThrow())
                .noneMatch(name -> incomplete.contains(new Key(company, name)));
    }
}
