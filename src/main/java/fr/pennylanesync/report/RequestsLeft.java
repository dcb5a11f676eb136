package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.report.ListsLeft.ListLeft;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says how many requests are left of a company: records are asked for many at a time, a sub-list needs at least one of
 * its own. What a proof tells without a request takes none. What a list will still bring is reckoned by how much of it
 * is read.
 *
 * @param records requests for records that are due, and for the rest of the lists
 * @param subLists requests for sub-lists
 * @param upTo sub-lists are due of documents up to this day
 * @param atLeast whether a list is read of which nobody knows how long it is
 */
public record RequestsLeft(double records, double subLists, Optional<LocalDate> upTo, boolean atLeast) {

    public static final RequestsLeft NONE = new RequestsLeft(0, 0, Optional.empty(), false);

    private static RequestsLeft records(double requests, boolean atLeast) {
        return new RequestsLeft(requests, 0, Optional.empty(), atLeast);
    }

    private static RequestsLeft subLists(double requests) {
        return new RequestsLeft(0, Math.ceil(requests), Optional.empty(), false);
    }

    public double total() {
        return records + subLists;
    }

    private RequestsLeft plus(RequestsLeft more) {
        return new RequestsLeft(records + more.records, subLists + more.subLists,
                Stream.of(upTo, more.upTo).flatMap(Optional::stream).max(Comparator.naturalOrder()),
                atLeast || more.atLeast);
    }

    /** Reckons that of every company. */
    public static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, WorkLeft.Budget budget) {
        return read(jdbc, catalog, budget, Pace.read(jdbc, catalog));
    }

    /** @param paces how companies were read lately, which tells what a sub-list takes */
    static Map<Long, RequestsLeft> read(JdbcClient jdbc, StreamCatalog catalog, WorkLeft.Budget budget,
            Map<Long, Pace> paces) {
        SubListCosts costs = new SubListCosts(jdbc, catalog, budget.proofs());
        Map<Long, RequestsLeft> left = new HashMap<>();
        jdbc.sql("""
                select company_id, stream, count(*),
                    count(*) filter (where batch_id > 0 and coalesce(turn, current_date) < 'infinity'),
                    max(turn) filter (where turn < 'infinity')
                from pennylane_sync.due where not left_out group by 1, 2""").query(row -> {
            long company = row.getLong(1);
            double all = row.getLong(3);
            double ofHistory = row.getLong(4);
            Optional<StreamDefinition> found = catalog.find(row.getString(2));
            if (!costs.isPermitted(company, found.flatMap(StreamDefinition::parent).orElse(row.getString(2)))) {
                return;
            }
            Optional<LocalDate> upTo = Optional.ofNullable(row.getObject(5, LocalDate.class));
            left.merge(company, new RequestsLeft(0, 0, upTo, false), RequestsLeft::plus);
            found.filter(StreamDefinition::enabled).ifPresent(stream -> left.merge(company,
                    stream.isChild()
                            ? subLists(costs.ofDue(company, stream, all, ofHistory) * perSubList(paces, company))
                            : records(Math.ceil(all / DueRecords.RECORDS_PER_REQUEST), false),
                    RequestsLeft::plus));
        });
        ListsLeft.read(jdbc, catalog, LocalDate.now(ZoneOffset.UTC)).forEach((company, lists) -> lists
                .forEach(list -> left.merge(company, of(company, list, catalog, costs, perSubList(paces, company)),
                        RequestsLeft::plus)));
        return left;
    }

    private static double perSubList(Map<Long, Pace> paces, long company) {
        return paces.getOrDefault(company, Pace.UNKNOWN).perSubList();
    }

    /** The rest of a list, and the sub-lists that will be due of it. */
    private static RequestsLeft of(long company, ListLeft list, StreamCatalog catalog, SubListCosts costs,
            double perSubList) {
        double asked = catalog.childrenOf(list.stream().name()).stream()
                .filter(child -> child.enabled() && costs.isPermitted(company, child.name()))
                .mapToDouble(child -> costs.ofUnread(company, child, list.rows(), list.landed() + list.rows())).sum();
        return records(list.requests(), !list.known()).plus(subLists(asked * perSubList));
    }
}
