package fr.pennylanesync.sandbox.share;

/** How the rows of one stored table come from the books of a company. */
interface SharedTable {

    /** Its name in the store. */
    String name();

    /** Writes all rows of the company, in ascending order of their keys; rows of one key follow each other. */
    void write(CopiedBooks books, CopyLine line);
}
