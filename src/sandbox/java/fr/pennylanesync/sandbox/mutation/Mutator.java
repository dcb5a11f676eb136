package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.writing.GeneratorContext;
import fr.pennylanesync.sandbox.writing.SeededRandom;
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
    private final GeneratorContext context;
    private final Announcer announcer;
    private final RemovedRecords removedRecords = new RemovedRecords();

    public Mutator(Books books, GeneratorContext context) {
        this.books = books;
        this.context = context;
        this.announcer = new Announcer(books, context.options().feeds(), context.options().seed());
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
        SeededRandom dice = SeededRandom.of(random);
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
        MutationKind deed = Repertoire.find(kind);
        return mutate(() -> deed, SeededRandom.of(random));
    }

    private Optional<Mutation> mutate(Supplier<MutationKind> deeds, SeededRandom dice) {
        return books.change(() -> {
            Instant now = context.options().clock().instant();
            return Stream.generate(() -> attempt(deeds.get(), dice, now)).limit(ATTEMPTS).flatMap(Optional::stream)
                    .findFirst();
        });
    }

    private Optional<Mutation> attempt(MutationKind deed, SeededRandom dice, Instant now) {
        BooksEditor editor = new BooksEditor(books, context, dice, announcer, removedRecords, Stamps.micros(now));
        if (!deed.action().test(editor)) {
            return Optional.empty();
        }
        if (!editor.removed().isEmpty()) {
            removedRecords.rememberRemoval(editor.removed());
        }
        return Optional.of(new Mutation(books.companyId(), deed.kind(), now, editor.touches()));
    }
}
