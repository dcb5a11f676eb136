package fr.pennylanesync.archive;

/**
 * A content that lies in the archive.
 *
 * @param strict for a PDF, whether it opens without repair
 */
public record Archived(ObjectKey objectKey, long size, String contentType, boolean strict) {}
