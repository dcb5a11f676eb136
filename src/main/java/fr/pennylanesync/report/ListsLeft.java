package fr.pennylanesync.report;

import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reckons what is left of the lists that are read for the first time: by the ids or the days that are covered, of those
 * that the list has. No list says how long it is.
 */
final class ListsLeft {

    private static final String READING = """
            select s.company_id, s.stream, c.position::text, b.records, b.first_id, b.first_key
            from pennylane_sync.stream_state s
            left join pennylane_sync.checkpoint c on c.company_id = s.company_id and c.stream = s.stream
                and c.pass = 'walk' and c.begun_at >= s.history_noted_at
            left join lateral (
                select sum(record_count) as records, min(first_id) as first_id,
                    min(batch_key) filter (where record_count > 0 and batch_key ~ '^from [0-9]') as first_key
                from pennylane_sync.batch w where w.company_id = s.company_id and w.stream = s.stream
                    and w.pass = 'walk' and w.run = c.run) b on true
            where s.stream = any(:lists) and s.state in ('NEW', 'HISTORY') and s.not_permitted_scope is null
                and s.error_code is null""";

    /**
     * Says what is left of a list.
     *
     * @param landed rows that are here
     * @param rows that are to come, as far as that can be reckoned
     * @param requests for its pages
     * @param known whether its length can be reckoned; else it has at least that
     */
    record ListLeft(StreamDefinition stream, double landed, double rows, double requests, boolean known) {}

    /** Says how far a list is read. */
    private record Walked(Position position, double records, long firstId, Optional<LocalDate> firstDay) {}

    private ListsLeft() {}

    /**
     * Reckons that of every company.
     *
     * @param today the last day of a list that is read by days
     */
    static Map<Long, List<ListLeft>> read(JdbcClient jdbc, StreamCatalog catalog, LocalDate today) {
        String[] lists = catalog.roots().stream().filter(StreamDefinition::isListed).map(StreamDefinition::name)
                .toArray(String[]::new);
        Map<Long, List<ListLeft>> left = new HashMap<>();
        jdbc.sql(READING).param("lists", lists).query(row -> {
            StreamDefinition stream = catalog.find(row.getString(2)).orElseThrow();
            left.computeIfAbsent(row.getLong(1), company -> new ArrayList<>()).add(of(stream, walked(row), today));
        });
        return left;
    }

    private static Optional<Walked> walked(ResultSet row) throws SQLException {
        String position = row.getString(3);
        Optional<LocalDate> firstDay = Optional.ofNullable(row.getString(6))
                .map(key -> LocalDate.parse(key.substring("from ".length(), "from 2000-01-01".length())));
        return position == null ? Optional.empty()
                : Optional.of(new Walked(CheckpointStore.parse(position), row.getDouble(4), row.getLong(5), firstDay));
    }

    private static ListLeft of(StreamDefinition stream, Optional<Walked> walked, LocalDate today) {
        if (walked.isEmpty()) {
            return new ListLeft(stream, 0, 0, 1, false);
        }
        Position position = walked.get().position();
        if (position instanceof Position.Unread unread) {
            return byIds(stream, walked.get(), unread);
        }
        Optional<Position.UnreadDates> dates = Position.UnreadDates.of(position);
        if (dates.isPresent()) {
            return byDays(stream, walked.get(), dates.get().ranges(), today);
        }
        // A list behind a cursor is short: whether it has one page more is all that is open.
        boolean ended = position instanceof Position.Ended;
        return new ListLeft(stream, walked.get().records(), 0, ended ? 0 : 1, true);
    }

    /** Before the newest id is known, the list has few pages, or is asked for it next. */
    private static ListLeft byIds(StreamDefinition stream, Walked walked, Position.Unread unread) {
        if (unread.newest() == null || walked.firstId() == 0) {
            return new ListLeft(stream, walked.records(), 0, 1, false);
        }
        double all = unread.newest() - walked.firstId() + 1;
        double open = unread.ranges().stream().mapToDouble(range -> width(range, walked.firstId(), unread.newest()))
                .sum();
        double rows = open >= all ? 0 : walked.records() * open / (all - open);
        return new ListLeft(stream, walked.records(), rows,
                Math.ceil(rows / stream.pageSizeMax()) + unread.ranges().size(), true);
    }

    private static double width(IdRange range, long first, long newest) {
        long end = range.upto() == null ? newest : Math.min(range.upto(), newest);
        return Math.max(0, end - Math.max(range.after(), first - 1));
    }

    /** The days whose slices are read whole tell how full a day is. */
    private static ListLeft byDays(StreamDefinition stream, Walked walked, List<DateRange> unread, LocalDate today) {
        double ofSlices = unread.stream().mapToDouble(range -> (double) range.pages() * stream.pageSizeMax()).sum();
        double before = walked.records() - ofSlices;
        LocalDate first = walked.firstDay().orElse(today);
        double open = unread.stream().mapToDouble(range -> days(range, first, today)).sum();
        double read = ChronoUnit.DAYS.between(first, today) - open;
        if (before <= 0 || read <= 0 || unread.stream().anyMatch(range -> range.from() == null)) {
            return new ListLeft(stream, walked.records(), 0, 1, false);
        }
        double rows = Math.max(0, before / read * open - ofSlices);
        return new ListLeft(stream, walked.records(), rows,
                Math.ceil(rows / stream.pageSizeMax()) + unread.size(), true);
    }

    private static double days(DateRange range, LocalDate first, LocalDate today) {
        LocalDate from = range.from() == null || range.from().isBefore(first) ? first : range.from();
        LocalDate before = range.before() == null || range.before().isAfter(today) ? today : range.before();
        return Math.max(0, ChronoUnit.DAYS.between(from, before));
    }
}
