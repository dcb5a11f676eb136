package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.Mutation.Touch;
import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.FeedEvent;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Table;
import fr.pennylanesync.sandbox.writing.CategoryWriter;
import fr.pennylanesync.sandbox.writing.FakePeople;
import fr.pennylanesync.sandbox.writing.GeneratorContext;
import fr.pennylanesync.sandbox.writing.SeededRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes the books of one company at one moment, and announces each change: one mutation has one pen. */
final class BooksEditor {

    private static final int PROBES = 40;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Books books;
    private final GeneratorContext context;
    private final SeededRandom random;
    private final Announcer announcer;
    private final RemovedRecords removedRecords;
    private final long nowMicros;
    private final List<Touch> touches = new ArrayList<>();
    private final AllocationEvents allocations;
    private final List<RemovedRecord<?>> removed = new ArrayList<>();

    BooksEditor(Books books, GeneratorContext context, SeededRandom random, Announcer announcer,
            RemovedRecords removedRecords, long nowMicros) {
        this.books = books;
        this.context = context;
        this.random = random;
        this.announcer = announcer;
        this.removedRecords = removedRecords;
        this.nowMicros = nowMicros;
        this.allocations = new AllocationEvents(announcer, nowMicros, touches);
    }

    Books books() {
        return books;
    }

    GeneratorContext desk() {
        return context;
    }

    SeededRandom dice() {
        return random;
    }

    FakePeople folk() {
        return new FakePeople(random);
    }

    List<Touch> touches() {
        return touches;
    }

    /** What was removed so that it can come back. */
    List<RemovedRecord<?>> removed() {
        return removed;
    }

    RemovedRecords memory() {
        return removedRecords;
    }

    long nowMicros() {
        return nowMicros;
    }

    LocalDate today() {
        return LocalDate.ofEpochDay(Math.floorDiv(nowMicros, DAY_MICROS));
    }

    String label(String text) {
        return context.prose().label(text);
    }

    long nextId(String stream) {
        return context.ids().of(stream).next();
    }

    /** The stamps of a record created now. */
    Stamps created() {
        return new Stamps(nowMicros, nowMicros);
    }

    /** The stamps of a record updated now: they always move, even when the clock stands still. */
    Stamps updated(Stamps before) {
        return before.touched(Math.max(nowMicros, before.updatedMicros() + 1));
    }

    /** The stamps of a record whose lines, payments or the like change now. */
    Stamps updatedBelow(Stamps before) {
        return announcer.quietChildren() ? before : updated(before);
    }

    /** Some categories, at least one. */
    List<Allocation> categories() {
        return CategoryWriter.allocate(books, random, 100, created());
    }

    /** A row that fits, found by drawing; nothing when luck was out or none fits. */
    <R extends Row> Optional<R> pick(Kept<R> kept, Predicate<R> fits) {
        Table<R> table = kept.table().apply(books);
        for (int probe = 0; probe < PROBES && table.size() > 0; probe++) {
            R row = table.get(random.below(table.size()));
            if (fits.test(row)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    <R extends Row> R any(Kept<R> kept) {
        return pick(kept, row -> true).orElseThrow();
    }

    <R extends Row> R find(Kept<R> kept, long id) {
        return kept.table().apply(books).find(id).orElseThrow();
    }

    <R extends Row> void insert(Kept<R> kept, R row) {
        kept.table().apply(books).insert(row);
        touch(kept, row, FeedEvent.INSERT, true, kept.stamps().apply(row));
        allocations.inserted(kept, row);
    }

    <R extends Row> void update(Kept<R> kept, R row) {
        replace(kept, row, true);
    }

    /** Replaces a record for the sake of what hangs below it: announced unless children are quiet. */
    <R extends Row> void updateBelow(Kept<R> kept, R row) {
        replace(kept, row, !announcer.quietChildren());
    }

    /** Removes a record that may come back as it was. */
    <R extends Row> void remove(Kept<R> kept, R row) {
        removeForGood(kept, row);
        removed.add(new RemovedRecord<>(kept, row));
    }

    <R extends Row> void removeForGood(Kept<R> kept, R row) {
        kept.table().apply(books).remove(row.id());
        touch(kept, row, FeedEvent.DELETE, true, updated(kept.stamps().apply(row)));
        allocations.deleted(kept, row);
    }

    private <R extends Row> void replace(Kept<R> kept, R row, boolean announced) {
        R before = find(kept, row.id());
        kept.table().apply(books).replace(row);
        touch(kept, row, FeedEvent.UPDATE, announced, kept.stamps().apply(row));
        allocations.updated(kept, before, row);
    }

    private <R extends Row> void touch(Kept<R> kept, R row, String operation, boolean announced, Stamps stamps) {
        boolean told = announced && kept.feed() != null;
        touches.add(new Touch(kept.name(), row.id(), operation, told));
        if (told) {
            announcer.announce(kept.feed(), row.id(), operation, stamps, nowMicros);
        }
    }
}
