package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A walk over a list in slices of the record's date. A list that turns out to be long is read in several ranges of days
 * side by side, as one reader alone waits for the latency of each of its pages; who has read his own takes half of what
 * another one has left. Safe for the threads of its lanes.
 */
public final class DateSlicesPass implements Pass {

    /** A list that is shorter is not worth the last pages of more slices. */
    static final int PAGES_BEFORE_SHARING = 5;
    /** Each slice costs a request of its own at its end. */
    private static final int PAGES_WORTH_SHARING = 10;
    /** The first slice of a reader of several, before anybody knows how full the days are. */
    private static final int DAYS_SHARED = 91;

    private final StreamDefinition stream;
    private final IncludedChild includedChild;
    private final Optional<SweepGuard> sweep;
    private final LocalDate today;
    private final AtomicInteger places = new AtomicInteger();
    private Checkpoint checkpoint;
    private List<DateSliceLane> open = List.of();
    private boolean isLong;
    private boolean reassigns;
    private long daysRead;
    private long pagesRead;

    /** @param today the last day of the list, as far as anybody knows: its last slice has no end */
    public DateSlicesPass(StreamDefinition stream, Checkpoint checkpoint, IncludedChild includedChild,
            Optional<SweepGuard> sweep, LocalDate today) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.includedChild = includedChild;
        this.sweep = sweep;
        this.today = today;
    }

    /** Several ranges are left only of a list that is long. */
    @Override
    public synchronized List<Lane> lanes() {
        List<DateRange> ranges = new ArrayList<>(((Position.UnreadDates) checkpoint.position()).ranges());
        isLong |= ranges.size() > 1;
        if (isLong) {
            cutFirst(ranges);
        }
        boolean shared = isLong;
        while (shared && ranges.size() < KeysetPass.LANES) {
            shared = halveWidest(ranges);
        }
        reassigns = false;
        int days = isLong ? firstDays() : DateSlicePaginator.DAYS_ALONE;
        open = ranges.stream().limit(KeysetPass.LANES)
                .map(range -> new DateSliceLane(this, new DateSlicePaginator(stream, range, days, today),
                        includedChild, sweep, places))
                .toList();
        return List.copyOf(open);
    }

    /** Makes what has no beginning a range of its own, since nobody knows its middle. */
    private void cutFirst(List<DateRange> ranges) {
        DateRange first = ranges.get(0);
        LocalDate end = DateSlicePaginator.firstDay(today);
        if (first.from() == null && (first.before() == null || end.isBefore(first.before()))) {
            ranges.set(0, first.upTo(end));
            ranges.add(1, first.startingAt(end));
        }
    }

    /** @return whether one was wide enough */
    private boolean halveWidest(List<DateRange> ranges) {
        DateRange widest = ranges.stream()
                .max(Comparator.comparingLong(range -> DateSlicePaginator.daysIn(range, today))).orElseThrow();
        long days = DateSlicePaginator.daysIn(widest, today);
        if (!isWorthSharing(days)) {
            return false;
        }
        LocalDate middle = widest.from().plusDays(days / 2);
        int at = ranges.indexOf(widest);
        ranges.set(at, widest.upTo(middle));
        ranges.add(at + 1, widest.startingAt(middle));
        return true;
    }

    private boolean isWorthSharing(long days) {
        return days >= 2 * DateSlicePaginator.DAYS_MIN
                && (pagesRead == 0 || days * pagesRead >= PAGES_WORTH_SHARING * daysRead);
    }

    /** Returns how many days the first slice of a range has. */
    synchronized int firstDays() {
        return pagesRead == 0 ? DAYS_SHARED
                : (int) Math.max(DateSlicePaginator.DAYS_MIN,
                        Math.min(DateSlicePaginator.DAYS_ALONE, DateSlicePaginator.PAGES_MANY * daysRead / pagesRead));
    }

    /** Takes half of what that lane has left which has the most; empty where that is not worth it. */
    synchronized Optional<DateRange> share() {
        return open.stream().map(DateSliceLane::slices)
                .max(Comparator.comparingLong(DateSlicePaginator::daysBehind))
                .filter(slices -> isWorthSharing(slices.daysBehind())).flatMap(DateSlicePaginator::giveAway);
    }

    /** A batch of a lane is landed. */
    synchronized void landed(Advance advance) {
        checkpoint = checkpoint.at(advance.from(checkpoint));
        if (advance instanceof Advance.InSlice in) {
            note(in.slice(), in.slice().pages() + 1, in.more());
        }
    }

    /** @param pages of the slice, with the one that is landed now */
    private void note(DateRange slice, int pages, boolean more) {
        if (more && open.size() == 1 && !isLong && pages >= PAGES_BEFORE_SHARING) {
            isLong = true;
            reassigns = true;
        } else if (!more && pages > 1 && slice.from() != null) {
            daysRead += DateSlicePaginator.daysIn(slice, today);
            pagesRead += pages;
        }
    }

    /** Tells whether the only lane gives back what is left, for it to be shared out. */
    synchronized boolean reassigns() {
        return reassigns;
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public synchronized Checkpoint checkpoint() {
        return checkpoint;
    }
}
