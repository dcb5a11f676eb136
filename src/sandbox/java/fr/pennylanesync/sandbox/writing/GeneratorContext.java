package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.SandboxOptions;

/** What every writer of one company's books works with. */
public record GeneratorContext(SandboxOptions options, int company, IdBook ids, Prose prose, BooksPeriod almanac,
        Scale scale) {

    public static GeneratorContext of(SandboxOptions options, int company) {
        return new GeneratorContext(options, company, new IdBook(options.seed(), company),
                new Prose(options.canaries(), options.awkwardText()), new BooksPeriod(options.booksEnd()),
                new Scale(options.records()));
    }

    public SeededRandom dice(String domain) {
        return SeededRandom.of(options.seed(), company, domain);
    }
}
