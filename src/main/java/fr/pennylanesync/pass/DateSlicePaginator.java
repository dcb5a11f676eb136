package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.Position.Slice;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Slices of the record's date for a list whose {@code id} filter has no {@code gt}: within a slice the cursor, between
 * slices a position that survives a restart. Slices grow while they are nearly empty and shrink when they are long; the
 * first has no beginning and the last no end, so no date falls outside. Another reader may take days off the end of
 * what is left, never of the slice under way.
 */
final class DateSlicePaginator implements Paginator {

    /** Long enough for the years before a company began to cost few requests. */
    static final int DAYS_ALONE = 365;
    static final int DAYS_MIN = 7;
    private static final int DAYS_MAX = 3650;
    private static final int PAGES_FEW = 1;
    /** So many pages are read again after a break. */
    static final int PAGES_MANY = 10;
    private static final int YEARS_BACK = 10;
    /** No record of a company's books is so old. */
    private static final LocalDate LONG_AGO = LocalDate.of(1000, 1, 1);

    private final StreamDefinition stream;
    private final String dateField;
    private final LocalDate today;
    /** The days left to read; its pages are those of the slice under way. */
    private DateRange range;
    private int days;
    /** The end of the slice under way; null where it has none. */
    private LocalDate before;
    private boolean ended;
    private Optional<String> cursor = Optional.empty();

    /**
     * @param range what is to be read
     * @param days the length of its first slice
     */
    DateSlicePaginator(StreamDefinition stream, DateRange range, int days, LocalDate today) {
        this.stream = stream;
        this.dateField = stream.recordDate()
                .orElseThrow(() -> new IllegalStateException(stream.name() + " has no record-date to slice by"));
        this.today = today;
        begin(range, days);
    }

    /** Goes on with another range. */
    synchronized void begin(DateRange other, int firstDays) {
        range = other;
        days = firstDays;
        before = endOfSlice();
        ended = false;
        cursor = Optional.empty();
    }

    private LocalDate endOfSlice() {
        LocalDate end = range.from() == null ? firstDay(today) : range.from().plusDays(days);
        if (range.before() != null) {
            return end.isBefore(range.before()) ? end : range.before();
        }
        return range.from() != null && end.isAfter(today) ? null : end;
    }

    /** Returns the end of the slice that has no beginning. */
    static LocalDate firstDay(LocalDate today) {
        return today.minusYears(YEARS_BACK).withDayOfYear(1);
    }

    /** Returns the slice under way. */
    synchronized DateRange slice() {
        return new DateRange(range.from(), before, range.pages());
    }

    /** Tells whether all of the range is read. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Returns how many days lie behind the slice under way. */
    synchronized long daysBehind() {
        return isLast() ? 0 : daysIn(range.startingAt(before), today);
    }

    /** Returns how many days there are in a range, future ones aside; none are counted without a beginning. */
    static long daysIn(DateRange range, LocalDate today) {
        LocalDate end = range.before() == null ? today.plusDays(1) : range.before();
        return range.from() == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(range.from(), end));
    }

    /** Gives away the later half of what lies behind the slice under way; empty where that are too few days. */
    synchronized Optional<DateRange> giveAway() {
        long left = daysBehind();
        if (ended || left < 2 * DAYS_MIN) {
            return Optional.empty();
        }
        LocalDate middle = before.plusDays(left / 2);
        DateRange given = range.startingAt(middle);
        range = range.upTo(middle);
        return Optional.of(given);
    }

    @Override
    public synchronized PageRequest request() {
        PageRequest request = sorted("id");
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public synchronized Optional<PageRequest> backward() {
        return Optional.of(sorted("-id"));
    }

    @Override
    public Optional<PageRequest> nothing() {
        return Optional.of(PageRequest.of(stream.path(), 1).sortedBy("id")
                .where(Condition.of(dateField, Operator.LT, LONG_AGO)));
    }

    private PageRequest sorted(String by) {
        PageRequest request = PageRequest.of(stream.path(), stream.pageSizeMax()).sortedBy(by);
        if (range.from() != null) {
            request = request.where(Condition.of(dateField, Operator.GTEQ, range.from()));
        }
        if (before != null) {
            request = request.where(Condition.of(dateField, Operator.LT, before));
        }
        return request;
    }

    /**
     * Batches are named by the number of their page, so the narrower slice goes on with the next one: the page that
     * failed may have been landed by an answer that got lost, and held other records.
     */
    @Override
    public synchronized boolean narrow() {
        long length = before == null ? days : range.from() == null ? 0 : ChronoUnit.DAYS.between(range.from(), before);
        if (length < 2) {
            return false;
        }
        range = new DateRange(range.from(), range.before(), range.pages() + 1);
        days = (int) (length / 2);
        before = endOfSlice();
        cursor = Optional.empty();
        return true;
    }

    /** Returns where this reader stands. */
    synchronized Slice position() {
        return new Slice(range.from(), days, range.pages());
    }

    @Override
    public synchronized void advance(boolean more, Optional<String> nextCursor) {
        cursor = more ? nextCursor : Optional.empty();
        if (more) {
            range = new DateRange(range.from(), range.before(), range.pages() + 1);
        } else if (isLast()) {
            ended = true;
        } else {
            begin(range.startingAt(before), nextDays());
        }
    }

    @Override
    public synchronized boolean isResumable() {
        return cursor.isEmpty();
    }

    @Override
    public boolean endsUnproven(Page page) {
        return !page.hasMore();
    }

    private boolean isLast() {
        return Objects.equals(before, range.before());
    }

    private int nextDays() {
        if (range.from() == null) {
            return DAYS_ALONE;
        }
        int pages = range.pages() + 1;
        if (pages <= PAGES_FEW) {
            return Math.min(DAYS_MAX, days * 2);
        }
        return pages <= PAGES_MANY ? days : Math.max(DAYS_MIN, days / 2);
    }
}
