package fr.pennylanesync.sandbox.books;

/**
 * A change that the API announces.
 *
 * @param id its place among all events of the company; not shown
 * @param recordId the record that changed; for the feeds of categories, the allocation
 * @param visibleMicros from when the feed shows it, not before it was processed; not shown
 * @param lineId for the feed of line categories, the line, 0 when it is gone; else 0
 * @param entryId for the feeds of categories, the entry, 0 when its line is gone; else 0
 */
public record FeedEvent(long id, Feed feed, long recordId, String operation, long processedMicros, long visibleMicros,
        long updatedMicros, long createdMicros, long lineId, long entryId) implements Row {

    public static final String INSERT = "insert";
    public static final String UPDATE = "update";
    public static final String DELETE = "delete";
}
