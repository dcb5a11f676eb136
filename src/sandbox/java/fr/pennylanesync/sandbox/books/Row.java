package fr.pennylanesync.sandbox.books;

/** A business fact with the identifier the API shows for it. */
public interface Row {

    long id();
}
