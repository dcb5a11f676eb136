package fr.pennylanesync.sandbox.books;

/**
 * A change that the API announces.
 *
 * @param id its place in its feed; not shown
 * @param recordId the record that changed
 * @param lineId for the feed of line categories, the line; else 0
 * @param entryId for the feeds of categories, the entry; else 0
 */
public record ChangeEvent(long id, Feed feed, long recordId, String operation, long processedMicros, long updatedMicros,
        long createdMicros, long lineId, long entryId) implements Row {}
