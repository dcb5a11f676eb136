package fr.pennylanesync.sandbox.books;

/** A journal of the books: sales (VT), purchases (HA), bank (BQ), sundry (OD), opening (AN). */
public record Journal(long id, String code, String label, String type) implements Row {

    public Journal withLabel(String newLabel) {
        return new Journal(id, code, newLabel, type);
    }
}
