package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Slice;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Slices of the record's date for a list whose {@code id} filter has no {@code gt}: within a slice the cursor, between
 * slices a position that survives a restart. Slices grow while they are nearly empty and shrink when they are long; the
 * first has no beginning and the last no end, so no date falls outside.
 */
public final class DateSlicePaginator implements Paginator {

    private static final int FIRST_DAYS = 365;
    private static final int DAYS_MIN = 7;
    private static final int DAYS_MAX = 3650;
    private static final int PAGES_FEW = 1;
    private static final int PAGES_MANY = 10;
    private static final int YEARS_BACK = 10;
    /** No record of a company's books is so old. */
    private static final LocalDate LONG_AGO = LocalDate.of(1000, 1, 1);

    private final StreamDefinition stream;
    private final String dateField;
    private final LocalDate today;
    private Slice slice;
    private Optional<String> cursor = Optional.empty();

    public DateSlicePaginator(StreamDefinition stream, Slice position, LocalDate today) {
        this.stream = stream;
        this.dateField = stream.recordDate()
                .orElseThrow(() -> new IllegalStateException(stream.name() + " has no record-date to slice by"));
        this.slice = position;
        this.today = today;
    }

    /** The slice that every run begins with: all that is older than the slices to come. */
    public static Slice start() {
        return new Slice(null, 0, 0);
    }

    @Override
    public PageRequest request() {
        PageRequest request = sorted("id");
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public Optional<PageRequest> backward() {
        return Optional.of(sorted("-id"));
    }

    @Override
    public Optional<PageRequest> nothing() {
        return Optional.of(PageRequest.of(stream.path(), 1).sortedBy("id")
                .where(Condition.of(dateField, Operator.LT, LONG_AGO)));
    }

    private PageRequest sorted(String by) {
        PageRequest request = PageRequest.of(stream.path(), stream.pageSizeMax()).sortedBy(by);
        if (slice.from() != null) {
            request = request.where(Condition.of(dateField, Operator.GTEQ, slice.from()));
        }
        if (!isLast()) {
            request = request.where(Condition.of(dateField, Operator.LT, end()));
        }
        return request;
    }

    /** A slice goes on with the number of its pages: batches are named by that. */
    @Override
    public boolean narrow() {
        if (slice.from() == null || slice.days() == 1) {
            return false;
        }
        slice = new Slice(slice.from(), slice.days() / 2, slice.pages());
        cursor = Optional.empty();
        return true;
    }

    @Override
    public Position next(boolean more) {
        if (more) {
            return new Slice(slice.from(), slice.days(), slice.pages() + 1);
        }
        return isLast() ? new Position.Ended() : new Slice(end(), nextDays(), 0);
    }

    @Override
    public void advance(boolean more, Optional<String> nextCursor) {
        if (next(more) instanceof Slice next) {
            cursor = more ? nextCursor : Optional.empty();
            slice = next;
        }
    }

    @Override
    public boolean isResumable() {
        return cursor.isEmpty();
    }

    @Override
    public boolean endsUnproven(Page page) {
        return !page.hasMore();
    }

    private boolean isLast() {
        return slice.from() != null && end().isAfter(today);
    }

    private LocalDate end() {
        return slice.from() == null ? today.minusYears(YEARS_BACK).withDayOfYear(1)
                : slice.from().plusDays(slice.days());
    }

    private int nextDays() {
        if (slice.from() == null) {
            return FIRST_DAYS;
        }
        int pages = slice.pages() + 1;
        if (pages <= PAGES_FEW) {
            return Math.min(DAYS_MAX, slice.days() * 2);
        }
        return pages <= PAGES_MANY ? slice.days() : Math.max(DAYS_MIN, slice.days() / 2);
    }
}
