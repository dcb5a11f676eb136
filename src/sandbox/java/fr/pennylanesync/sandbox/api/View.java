package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.FeedHabits;
import fr.pennylanesync.sandbox.books.Books;

/**
 * What is needed to render the records of a company: its books, the API's own address, fresh file URLs, the habits of
 * the feeds.
 */
public record View(Books books, String baseUri, FileLinks files, FeedHabits feeds) {

    String api(String path) {
        return baseUri + path;
    }

    /** A fresh URL, or null where there is no file. */
    String file(FileKind kind, long recordId, String fileName) {
        return fileName == null ? null : files.link(kind, books.companyId(), recordId, fileName);
    }
}
