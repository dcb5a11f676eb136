package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.writing.Desk;
import fr.pennylanesync.sandbox.writing.Dice;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

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

    /** Draws what to do and does it. What turns out impossible is drawn again. */
    public Mutation mutate(RandomGenerator random) {
        Dice dice = Dice.of(random);
        return books.change(() -> {
            Instant now = desk.options().clock().instant();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Mutation> done = attempt(Repertoire.draw(dice), dice, now);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            throw new IllegalStateException("no mutation is possible in the books of company " + books.companyId());
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
