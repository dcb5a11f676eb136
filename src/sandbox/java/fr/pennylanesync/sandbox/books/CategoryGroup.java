package fr.pennylanesync.sandbox.books;

/** An analytical axis: a set of categories. */
public record CategoryGroup(long id, Stamps stamps, String label) implements Row {

    public CategoryGroup withLabel(String newLabel, Stamps newStamps) {
        return new CategoryGroup(id, newStamps, newLabel);
    }
}
