package fr.pennylanesync.sandbox.books;

/** A sequence of document numbers. */
public record Numbering(long id, String kind, String prefix, long next) implements Row {

    public Numbering withNext(long newNext) {
        return new Numbering(id, kind, prefix, newNext);
    }
}
