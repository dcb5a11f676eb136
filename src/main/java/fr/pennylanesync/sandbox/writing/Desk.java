package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.SandboxOptions;

/** What every writer of one company's books works with. */
public record Desk(SandboxOptions options, int company, IdBook ids, Prose prose, Almanac almanac, Scale scale) {

    public static Desk of(SandboxOptions options, int company) {
        return new Desk(options, company, new IdBook(options.seed(), company, options.hugeIds()),
                new Prose(options.canaries(), options.awkwardText()), new Almanac(options.booksEnd()),
                new Scale(options.records()));
    }

    public Dice dice(String domain) {
        return Dice.of(options.seed(), company, domain);
    }
}
