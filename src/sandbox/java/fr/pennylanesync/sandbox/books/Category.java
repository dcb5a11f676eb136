package fr.pennylanesync.sandbox.books;

/** An analytical category. */
public record Category(long id, Stamps stamps, String label, String direction, long groupId, String analyticalCode)
        implements Row {

    public Category withLabel(String newLabel, Stamps newStamps) {
        return new Category(id, newStamps, newLabel, direction, groupId, analyticalCode);
    }
}
