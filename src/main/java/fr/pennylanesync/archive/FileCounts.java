package fr.pennylanesync.archive;

/**
 * Counts the files of a stream by their state.
 *
 * @param pending to be fetched, now or later
 * @param delayed of these, the ones whose last attempt failed
 * @param archived contents; one file may have several over time
 * @param failed of which there was nothing to fetch
 * @param quarantined what arrives is no such file
 * @param leftOut of records before {@code streams.<stream>.since}
 */
public record FileCounts(long pending, long delayed, long archived, long failed, long quarantined, long leftOut) {

    public static final FileCounts NONE = new FileCounts(0, 0, 0, 0, 0, 0);
}
