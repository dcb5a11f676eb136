package fr.pennylanesync.sandbox.books;

/** The name of a person. */
public record PersonName(String first, String last) {

    public String full() {
        return first + " " + last;
    }
}
