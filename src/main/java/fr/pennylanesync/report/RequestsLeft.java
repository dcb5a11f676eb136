package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says how many requests what is due of a company takes: records are asked for many at a time, a sub-list needs at
 * least one of its own. What a proof tells without a request takes none.
 *
 * @param records requests for records that are due
 * @param subLists requests for sub-lists that are due
 */
public record RequestsLeft(double records, double subLists) {

    public static final RequestsLeft NONE = new RequestsLeft(0, 0);

    private record StreamKey(long company, String stream) {}

    public double total() {
        return records + subLists;
    }

    private RequestsLeft plus(RequestsLeft more) {
        return new RequestsLeft(records + more.records, subLists + more.subLists);
    }

    /** Reckons that of every company. @param derives whether relations are derived from their other side */
    public static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, boolean derives) {
        return read(jdbc, catalog, derives, Pace.read(jdbc, catalog));
    }

    /** @param paces how companies were read lately, which tells what a sub-list takes */
    static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, boolean derives,
            Map<Long, Pace> paces) {
        Set<StreamKey> notDerived = notDerived(jdbc);
        Map<Long, RequestsLeft> left = new HashMap<>();
        jdbc.sql("select company_id, stream, count(*) from pennylane_sync.due where not left_out group by 1, 2")
                .query(row -> {
                    StreamKey key = new StreamKey(row.getLong(1), row.getString(2));
                    long due = row.getLong(3);
                    catalog.find(key.stream()).filter(StreamDefinition::enabled)
                            .filter(stream -> !derives || notDerived.contains(key) || !isDerived(stream, catalog))
                            .ifPresent(stream -> left.merge(key.company(),
                                    of(stream, due, paces.getOrDefault(key.company(), Pace.UNKNOWN)),
                                    RequestsLeft::plus));
                });
        return left;
    }

    private static RequestsLeft of(StreamDefinition stream, long due, Pace pace) {
        return stream.isChild() ? new RequestsLeft(0, Math.ceil(due * pace.perSubList()))
                : new RequestsLeft(Math.ceil((double) due / DueRecords.RECORDS_PER_REQUEST), 0);
    }

    /** Tells what takes no request because it is made of a relation's other side. */
    private static boolean isDerived(StreamDefinition stream, StreamCatalog catalog) {
        Set<String> mirrors = stream.evidence().mirrors().keySet();
        return !mirrors.isEmpty()
                && mirrors.stream().allMatch(name -> catalog.find(name).filter(StreamDefinition::enabled).isPresent());
    }

    private static Set<StreamKey> notDerived(JdbcClient jdbc) {
        Set<StreamKey> wrong = new HashSet<>();
        jdbc.sql("select company_id, stream from pennylane_sync.sub_list_proof where proof = ?"
                + " and contradicted_at is not null").param(Proof.DERIVED.label()).query(row -> {
                    wrong.add(new StreamKey(row.getLong(1), row.getString(2)));
                });
        return wrong;
    }
}
