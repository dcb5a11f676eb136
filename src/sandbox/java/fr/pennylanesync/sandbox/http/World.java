package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.mutation.Mutator;
import fr.pennylanesync.sandbox.writing.BooksWriter;
import fr.pennylanesync.sandbox.writing.GeneratorContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The companies of the sandbox, and who changes them. */
public final class World {

    private final SandboxOptions options;
    private final List<Mutator> companies = new CopyOnWriteArrayList<>();

    public World(SandboxOptions options) {
        this.options = options;
        for (int i = 0; i < options.companies(); i++) {
            add();
        }
    }

    /** Adds the next company. */
    public synchronized Books add() {
        GeneratorContext context = GeneratorContext.of(options, companies.size());
        Books books = BooksWriter.write(context);
        companies.add(new Mutator(books, context));
        return books;
    }

    public List<Books> companies() {
        return companies.stream().map(Mutator::books).toList();
    }

    public List<Mutator> mutators() {
        return List.copyOf(companies);
    }

    public Optional<Books> find(long companyId) {
        return companies().stream().filter(books -> books.companyId() == companyId).findFirst();
    }

    /** The books of a company. */
    public Books books(long companyId) {
        return find(companyId).orElseThrow(() -> new IllegalArgumentException("no company " + companyId));
    }
}
