package fr.pennylanesync.archive.parser;

/** Holds what a parser says of a file. */
public enum ParserVerdict {
    /** The file keeps its format to the letter. */
    STRICT,
    /** The file opens, as many good ones do, only with repair. */
    REPAIRED,
    /** No reader would open the file. */
    UNREADABLE
}
