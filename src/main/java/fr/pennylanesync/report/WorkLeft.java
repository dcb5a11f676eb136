package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.IncompleteStreams;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says what of a company is known to be missing, and how long it takes to read that.
 *
 * @param subListsUpTo sub-lists wait of documents up to this day; what belongs to newer ones is here
 * @param filesUpTo the same of files
 * @param requests that what is due takes; while a list is read for the first time nobody knows how many will follow
 * @param perSecond requests, as they were made lately; before that can be told, as many as are allowed
 * @param listing whether a list is read for the first time
 */
public record WorkLeft(Optional<LocalDate> subListsUpTo, Optional<LocalDate> filesUpTo, long requests,
        double perSecond, boolean listing) {

    /**
     * Says how fast a company may be read, and without which requests.
     *
     * @param perSecond requests that its token may make
     * @param derives whether relations are derived from their other side
     */
    public record Budget(double perSecond, boolean derives) {}

    /** Changed records are asked for a hundred at a time. */
    private static final int RECORDS_PER_REQUEST = 100;
    private static final int PARENTS_PER_BATCH = 10;
    /** A shorter look says little: batches end together. */
    private static final int PACE_SECONDS_MIN = 60;
    /** More batches than ten minutes of all companies bring. */
    private static final int BATCHES_LOOKED_AT = 20_000;

    /** Says how fast a company was read lately. @param perSubList requests that one takes */
    private record Pace(double perSecond, double perSubList) {}

    /** Returns how long it takes; empty where nobody can say yet. */
    public Optional<Duration> timeToGo() {
        return listing || perSecond <= 0 ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (1_000 * requests / perSecond)));
    }

    /** Tells whether something is known to be missing. */
    public boolean isAny() {
        return requests > 0 || listing || filesUpTo.isPresent();
    }

    /** Reads that of every company. */
    public static Map<Long, WorkLeft> read(JdbcClient jdbc, StreamCatalog catalog, Budget budget) {
        Map<Long, Pace> paces = paces(jdbc, catalog);
        IncompleteStreams incomplete = new IncompleteStreams(jdbc);
        Set<IncompleteStreams.Key> notPermitted = incomplete.notPermitted();
        Derivable derivable = new Derivable(catalog, budget.derives(), incomplete.all(), contradicted(jdbc));
        Map<Long, Double> requests = new HashMap<>();
        Map<Long, LocalDate> subLists = new HashMap<>();
        jdbc.sql("""
                select company_id, stream, count(*), max(turn) filter (where turn < 'infinity'),
                    count(*) filter (where batch_id > 0 and coalesce(turn, current_date) < 'infinity')
                from pennylane_sync.due where not left_out group by 1, 2""").query(row -> {
            long company = row.getLong(1);
            Optional<StreamDefinition> stream = catalog.find(row.getString(2)).filter(StreamDefinition::enabled);
            if (stream.filter(due -> notPermitted.contains(
                    new IncompleteStreams.Key(company, due.parent().orElse(due.name())))).isPresent()) {
                return;
            }
            if (stream.isPresent()) {
                double each = stream.get().isChild()
                        ? paces.getOrDefault(company, new Pace(0, 1)).perSubList()
                        : 1.0 / RECORDS_PER_REQUEST;
                long asked = asked(row, derivable.tells(company, stream.get()));
                requests.merge(company, Math.ceil(asked * each), Double::sum);
            }
            day(row, 4).ifPresent(day -> subLists.merge(company, day, WorkLeft::later));
        });
        Map<Long, LocalDate> files = files(jdbc);
        Set<Long> listing = listing(jdbc, catalog);
        Map<Long, WorkLeft> left = new HashMap<>();
        jdbc.sql("select id from pennylane_sync.company").query(Long.class).list()
                .forEach(company -> left.put(company, new WorkLeft(Optional.ofNullable(subLists.get(company)),
                        Optional.ofNullable(files.get(company)), Math.round(requests.getOrDefault(company, 0.0)),
                        Optional.ofNullable(paces.get(company)).map(Pace::perSecond).filter(pace -> pace > 0)
                                .orElse(budget.perSecond()),
                        listing.contains(company))));
        return left;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static Optional<LocalDate> day(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class));
    }

    /** Tells what takes no request because it is made of a relation's other side. */
    private record Derivable(StreamCatalog catalog, boolean inUse, Set<IncompleteStreams.Key> incomplete,
            Set<IncompleteStreams.Key> contradicted) {

        boolean tells(long company, StreamDefinition stream) {
            Set<String> mirrors = stream.evidence().mirrors().keySet();
            return inUse && !mirrors.isEmpty()
                    && !contradicted.contains(new IncompleteStreams.Key(company, stream.name()))
                    && mirrors.stream().allMatch(name -> catalog.find(name).filter(StreamDefinition::enabled)
                            .filter(mirror -> isWhole(company, mirror)).isPresent());
        }

        private boolean isWhole(long company, StreamDefinition mirror) {
            return Stream.of(mirror.name(), mirror.parent().orElseThrow())
                    .noneMatch(name -> incomplete.contains(new IncompleteStreams.Key(company, name)));
        }
    }

    /** Of a history alone it is derived, if that is worth it. */
    private static long asked(ResultSet row, boolean derivable) throws SQLException {
        long all = row.getLong(3);
        long ofHistory = row.getLong(5);
        return derivable && ofHistory >= SubListProofs.WORTH_DERIVING ? all - ofHistory : all;
    }

    private static Set<IncompleteStreams.Key> contradicted(JdbcClient jdbc) {
        Set<IncompleteStreams.Key> wrong = new HashSet<>();
        jdbc.sql("select company_id, stream from pennylane_sync.sub_list_proof where proof = ?"
                + " and contradicted_at is not null").param(Proof.DERIVED.label()).query(row -> {
                    wrong.add(new IncompleteStreams.Key(row.getLong(1), row.getString(2)));
                });
        return wrong;
    }

    private static Map<Long, LocalDate> files(JdbcClient jdbc) {
        Map<Long, LocalDate> files = new HashMap<>();
        jdbc.sql("select company_id, max(turn) from pennylane_sync.file where state = 'PENDING' and not left_out"
                + " and attempts = 0 and turn is not null group by 1").query(row -> {
                    files.put(row.getLong(1), row.getObject(2, LocalDate.class));
                });
        return files;
    }

    private static Set<Long> listing(JdbcClient jdbc, StreamCatalog catalog) {
        String[] lists = catalog.roots().stream().filter(StreamDefinition::isListed).map(StreamDefinition::name)
                .toArray(String[]::new);
        return jdbc.sql("select distinct company_id from pennylane_sync.stream_state where stream = any(?)"
                + " and state in ('NEW', 'HISTORY') and not_permitted_scope is null and error_code is null")
                .param(lists).query(Long.class).set();
    }

    private static Map<Long, Pace> paces(JdbcClient jdbc, StreamCatalog catalog) {
        String[] children = catalog.all().stream().filter(StreamDefinition::isChild).map(StreamDefinition::name)
                .toArray(String[]::new);
        Map<Long, Pace> paces = new HashMap<>();
        jdbc.sql("""
                select company_id, sum(requests_used) - (array_agg(requests_used order by id))[1],
                    extract(epoch from max(landed_at) - min(landed_at)),
                    coalesce(sum(requests_used) filter (where stream = any(:children) and pass = 'walk')::numeric
                        / (count(*) filter (where stream = any(:children) and pass = 'walk') * :batch), 0)
                from pennylane_sync.batch
                where id > (select coalesce(max(id), 0) - :looked from pennylane_sync.batch)
                    and landed_at > now() - interval '10 minutes' group by company_id""")
                .param("children", children).param("batch", PARENTS_PER_BATCH).param("looked", BATCHES_LOOKED_AT)
                .query(row -> {
                    double seconds = row.getDouble(3);
                    paces.put(row.getLong(1), new Pace(seconds < PACE_SECONDS_MIN ? 0 : row.getLong(2) / seconds,
                            Math.max(1, row.getDouble(4))));
                });
        return paces;
    }
}
