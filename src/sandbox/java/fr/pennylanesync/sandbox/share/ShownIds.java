package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Row;
import java.util.List;

/** Which id the share shows for a record. */
record ShownIds(IdScheme scheme) {

    /** Far beyond all ids of the API, and below the end of bigint. */
    private static final long FOREIGN_OFFSET = 1L << 61;

    long of(List<? extends Row> rows, int index) {
        long id = rows.get(index).id();
        return switch (scheme) {
            case SAME -> id;
            case FOREIGN -> id + FOREIGN_OFFSET;
            case CROSSED -> rows.get((index + 1) % rows.size()).id();
        };
    }
}
