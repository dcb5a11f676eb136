package fr.pennylanesync.archive;

import fr.pennylanesync.archive.s3.ObjectKey;

/**
 * A content that lies in the archive.
 *
 * @param strict for a PDF, whether it opens without repair
 */
public record Archived(ObjectKey objectKey, long size, String contentType, boolean strict) {}
