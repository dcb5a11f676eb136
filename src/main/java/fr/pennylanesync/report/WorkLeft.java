package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says what of a company is known to be missing, and how long it takes to read that.
 *
 * @param subListsUpTo sub-lists wait of documents up to this day; what belongs to newer ones is here
 * @param filesUpTo the same of files
 * @param requests that what is due takes, and what the lists will still bring that are read for the first time
 * @param perSecond requests, as they were made lately; before that can be told, as many as are allowed
 * @param listing whether a list is read for the first time
 * @param atLeast whether nobody can say yet how long one of these lists is
 */
public record WorkLeft(Optional<LocalDate> subListsUpTo, Optional<LocalDate> filesUpTo, long requests,
        double perSecond, boolean listing, boolean atLeast) {

    /**
     * Says how fast a company may be read, and without which requests.
     *
     * @param perSecond requests that its token may make
     * @param proofs by what sub-lists need not be asked for one by one
     */
    public record Budget(double perSecond, Set<Proof> proofs) {

        public Budget {
            proofs = Set.copyOf(proofs);
        }

        /** @param proofs as the settings name them */
        public static Budget of(double perSecond, Set<String> proofs) {
            return new Budget(perSecond, proofs.stream().map(Proof::of).collect(Collectors.toSet()));
        }
    }

    /** Returns how long it takes; empty where nobody can say yet. */
    public Optional<Duration> timeToGo() {
        return perSecond <= 0 ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (1_000 * requests / perSecond)));
    }

    /** Tells whether something is known to be missing. */
    public boolean isAny() {
        return requests > 0 || listing || filesUpTo.isPresent();
    }

    /** Reads that of every company. */
    public static Map<Long, WorkLeft> read(JdbcClient jdbc, StreamCatalog catalog, Budget budget) {
        Map<Long, Pace> paces = Pace.read(jdbc, catalog);
        Map<Long, RequestsLeft> requests = RequestsLeft.read(jdbc, catalog, budget, paces);
        Map<Long, LocalDate> files = files(jdbc);
        Set<Long> listing = listing(jdbc, catalog);
        Map<Long, WorkLeft> left = new HashMap<>();
        jdbc.sql("select id from pennylane_sync.company").query(Long.class).list().forEach(company -> {
            RequestsLeft due = requests.getOrDefault(company, RequestsLeft.NONE);
            left.put(company, new WorkLeft(due.upTo(), Optional.ofNullable(files.get(company)),
                    Math.round(due.total()),
                    Optional.ofNullable(paces.get(company)).map(Pace::perSecond).filter(pace -> pace > 0)
                            .orElse(budget.perSecond()),
                    listing.contains(company), due.atLeast()));
        });
        return left;
    }

    private static Map<Long, LocalDate> files(JdbcClient jdbc) {
        Map<Long, LocalDate> days = new HashMap<>();
        jdbc.sql("select company_id, max(turn) from pennylane_sync.file where state = 'PENDING' and not left_out"
                + " and attempts = 0 and turn is not null group by 1").query(row -> {
                    days.put(row.getLong(1), row.getObject(2, LocalDate.class));
                });
        return days;
    }

    private static Set<Long> listing(JdbcClient jdbc, StreamCatalog catalog) {
        String[] lists = catalog.roots().stream().filter(StreamDefinition::isListed).map(StreamDefinition::name)
                .toArray(String[]::new);
        return jdbc.sql("select distinct company_id from pennylane_sync.stream_state where stream = any(?)"
                + " and state in ('NEW', 'HISTORY') and not_permitted_scope is null and error_code is null")
                .param(lists).query(Long.class).set();
    }
}
