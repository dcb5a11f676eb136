package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.Mutation.Touch;
import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.FeedEvent;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Stamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Announces what changed between two sets of allocations of a line or entry. The events name the record behind the
 * allocation, which no list shows: its id is drawn from the parent, the category and the moment of allocation.
 */
final class AllocationEvents {

    private final Announcer announcer;
    private final long nowMicros;
    private final List<Touch> touches;

    AllocationEvents(Announcer announcer, long nowMicros, List<Touch> touches) {
        this.announcer = announcer;
        this.nowMicros = nowMicros;
        this.touches = touches;
    }

    /** Announces the allocations of a new record. */
    <R extends Row> void inserted(Kept<R> kept, R row) {
        for (Allocation allocation : allocations(kept, row)) {
            announce(kept, row, allocation, FeedEvent.INSERT, true);
        }
    }

    /** Announces the allocations that go with their record: they no longer name the line. */
    <R extends Row> void deleted(Kept<R> kept, R row) {
        for (Allocation allocation : allocations(kept, row)) {
            announce(kept, row, allocation, FeedEvent.DELETE, kept.categories().lineId().applyAsLong(row) == 0);
        }
    }

    <R extends Row> void updated(Kept<R> kept, R before, R after) {
        List<Allocation> old = new ArrayList<>(allocations(kept, before));
        for (Allocation allocation : allocations(kept, after)) {
            Optional<Allocation> previous = old.stream().filter(other -> idOf(before, other) == idOf(after, allocation))
                    .findFirst();
            previous.ifPresent(old::remove);
            if (!previous.equals(Optional.of(allocation))) {
                announce(kept, after, allocation, previous.isPresent() ? FeedEvent.UPDATE : FeedEvent.INSERT, true);
            }
        }
        old.forEach(allocation -> announce(kept, after, allocation, FeedEvent.DELETE, true));
    }

    private static <R extends Row> List<Allocation> allocations(Kept<R> kept, R row) {
        return kept.categories() == null ? List.of() : kept.categories().allocations().apply(row);
    }

    private <R extends Row> void announce(Kept<R> kept, R row, Allocation allocation, String operation, boolean named) {
        Kept.CategoryFeed<R> feed = kept.categories();
        long id = idOf(row, allocation);
        Stamps stamps = operation.equals(FeedEvent.DELETE) ? allocation.stamps().touched(nowMicros)
                : allocation.stamps();
        announcer.announce(feed.feed(), id, operation, stamps, nowMicros, named ? feed.lineId().applyAsLong(row) : 0,
                named ? feed.entryId().applyAsLong(row) : 0);
        touches.add(new Touch(feed.feed().path(), id, operation, true));
    }

    private static long idOf(Row row, Allocation allocation) {
        long mixed = (row.id() * 0x9E3779B97F4A7C15L ^ allocation.id()) * 0xBF58476D1CE4E5B9L ^ allocation.stamps()
                .createdMicros();
        return (mixed * 0x94D049BB133111EBL >>> 12) + 1;
    }
}
