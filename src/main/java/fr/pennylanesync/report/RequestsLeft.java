package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.state.IncompleteStreams;
import fr.pennylanesync.landing.state.IncompleteStreams.Key;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says how many requests what is due of a company takes: records are asked for many at a time, a sub-list needs at
 * least one of its own. What a proof tells without a request takes none.
 *
 * @param records requests for records that are due
 * @param subLists requests for sub-lists that are due
 * @param upTo sub-lists are due of documents up to this day
 */
public record RequestsLeft(double records, double subLists, Optional<LocalDate> upTo) {

    public static final RequestsLeft NONE = new RequestsLeft(0, 0, Optional.empty());

    public double total() {
        return records + subLists;
    }

    private RequestsLeft plus(RequestsLeft more) {
        return new RequestsLeft(records + more.records, subLists + more.subLists,
                Stream.of(upTo, more.upTo).flatMap(Optional::stream).max(Comparator.naturalOrder()));
    }

    /** Reckons that of every company. @param derives whether relations are derived from their other side */
    public static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, boolean derives) {
        return read(jdbc, catalog, derives, Pace.read(jdbc, catalog));
    }

    /** @param paces how companies were read lately, which tells what a sub-list takes */
    static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, boolean derives,
            Map<Long, Pace> paces) {
        IncompleteStreams incomplete = new IncompleteStreams(jdbc);
        Set<Key> notPermitted = incomplete.notPermitted();
        Derivable derivable = new Derivable(catalog, derives, incomplete.all(), contradicted(jdbc));
        Map<Long, RequestsLeft> left = new HashMap<>();
        jdbc.sql("""
                select company_id, stream, count(*),
                    count(*) filter (where batch_id > 0 and coalesce(turn, current_date) < 'infinity'),
                    max(turn) filter (where turn < 'infinity')
                from pennylane_sync.due where not left_out group by 1, 2""").query(row -> {
            long company = row.getLong(1);
            long all = row.getLong(3);
            long ofHistory = row.getLong(4);
            Optional<StreamDefinition> found = catalog.find(row.getString(2));
            String asked = found.flatMap(StreamDefinition::parent).orElse(row.getString(2));
            if (notPermitted.contains(new Key(company, asked))) {
                return;
            }
            Optional<LocalDate> upTo = Optional.ofNullable(row.getObject(5, LocalDate.class));
            left.merge(company, new RequestsLeft(0, 0, upTo), RequestsLeft::plus);
            found.filter(StreamDefinition::enabled).ifPresent(stream -> {
                // Of a history alone it is derived, if that is worth it.
                boolean derived = ofHistory >= SubListProofs.WORTH_DERIVING && derivable.tells(company, stream);
                left.merge(company, of(stream, derived ? all - ofHistory : all,
                        paces.getOrDefault(company, Pace.UNKNOWN)), RequestsLeft::plus);
            });
        });
        return left;
    }

    private static RequestsLeft of(StreamDefinition stream, long due, Pace pace) {
        return stream.isChild() ? new RequestsLeft(0, Math.ceil(due * pace.perSubList()), Optional.empty())
                : new RequestsLeft(Math.ceil((double) due / DueRecords.RECORDS_PER_REQUEST), 0, Optional.empty());
    }

    /** Tells what takes no request because it is made of a relation's other side. */
    private record Derivable(StreamCatalog catalog, boolean inUse, Set<Key> incomplete, Set<Key> contradicted) {

        boolean tells(long company, StreamDefinition stream) {
            Set<String> mirrors = stream.evidence().mirrors().keySet();
            return inUse && !mirrors.isEmpty() && !contradicted.contains(new Key(company, stream.name()))
                    && mirrors.stream().allMatch(name -> catalog.find(name).filter(StreamDefinition::enabled)
                            .filter(mirror -> isWhole(company, mirror)).isPresent());
        }

        private boolean isWhole(long company, StreamDefinition mirror) {
            return Stream.of(mirror.name(), mirror.parent().orElseThrow())
                    .noneMatch(name -> incomplete.contains(new Key(company, name)));
        }
    }

    private static Set<Key> contradicted(JdbcClient jdbc) {
        Set<Key> wrong = new HashSet<>();
        jdbc.sql("select company_id, stream from pennylane_sync.sub_list_proof where proof = ?"
                + " and contradicted_at is not null").param(Proof.DERIVED.label()).query(row -> {
                    wrong.add(new Key(row.getLong(1), row.getString(2)));
                });
        return wrong;
    }
}
