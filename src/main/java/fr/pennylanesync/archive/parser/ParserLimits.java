package fr.pennylanesync.archive.parser;

import java.time.Duration;

/**
 * Limits what the parsing of files may take.
 *
 * @param processes at the same time
 * @param heapBytes of each
 * @param time of one file
 * @param idle after which a process that nobody needs ends
 */
public record ParserLimits(int processes, long heapBytes, Duration time, Duration idle) {

    /**
     * Enough for a PDF of 100,000 objects that lost its cross-references, or for an XML file with one text of 10 MB.
     * Most files take a few milliseconds.
     */
    public static final ParserLimits DEFAULT =
            new ParserLimits(2, 128L * 1024 * 1024, Duration.ofSeconds(20), Duration.ofMinutes(1));

    public ParserLimits {
        if (processes < 1 || heapBytes < 1 || time.toMillis() < 1 || idle.toMillis() < 1) {
            throw new IllegalArgumentException("limits are larger than nothing");
        }
    }
}
