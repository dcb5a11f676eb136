package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.writing.Desk;
import fr.pennylanesync.sandbox.writing.Dice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Changes the books of one company, one mutation at a time, each under the books' lock. */
public final class Mutator {

    private static final int ATTEMPTS = 200;

    private final Books books;
    private final Desk desk;
    private final Announcer announcer;
    private final Memory memory = new Memory();

    public Mutator(Books books, Desk desk) {
        this.books = books;
        this.desk = desk;
        this.announcer = new Announcer(books, desk.options().feeds(), desk.options().seed());
    }

    public Books books() {
        return books;
    }

    /** The names of all kinds of mutation. */
    public static List<String> kinds() {
        return Repertoire.kinds();
    }

    /** Draws what to do and does it. What turns out impossible is drawn again. */
    public Mutation mutate(RandomGenerator random) {
        Dice dice = Dice.of(random);
        return mutate(() -> Repertoire.draw(dice), dice)
                .orElseThrow(() -> new IllegalStateException("no mutation is possible in the books of company "
                + books.companyId()));
    }

    /**
     * Does one thing of the given kind; nothing when no record allows it.
     *
     * @throws IllegalArgumentException for an unknown kind
     */
    public Optional<Mutation> mutate(RandomGenerator random, String kind) {
        Deed deed = Repertoire.find(kind);
        return mutate(() -> deed, Dice.of(random));
    }

    private Optional<Mutation> mutate(Supplier<Deed> deeds, Dice dice) {
        return books.change(() -> {
            Instant now = desk.options().clock().instant();
            return Stream.generate(() -> attempt(deeds.get(), dice, now)).limit(ATTEMPTS).flatMap(Optional::stream)
                    .findFirst();
        });
    }

    private Optional<Mutation> attempt(Deed deed, Dice dice, Instant now) {
        Pen pen = new Pen(books, desk, dice, announcer, memory, Stamps.micros(now));
        if (!deed.action().test(pen)) {
            return Optional.empty();
        }
        if (!pen.removed().isEmpty()) {
            memory.rememberRemoval(pen.removed());
        }
        return Optional.of(new Mutation(books.companyId(), deed.kind(), now, pen.touches()));
    }
}
