package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Row;

/** A record that was removed and may come back. */
record RemovedRecord<R extends Row>(Kept<R> kept, R row) {

    /**
     * Puts it back as it was, timestamps included: the feed's {@code updated_at} is then older than its {@code
     * processed_at}.
     */
    void restore(BooksEditor editor) {
        editor.insert(kept, row);
    }
}
