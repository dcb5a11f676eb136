package fr.pennylanesync.archive.download;

import java.time.Duration;

/**
 * Bounds what a download may take.
 *
 * @param sizeBytes largest file
 * @param total from the first connection to the last byte, redirects included
 * @param connect for one connection
 * @param silence between two bytes
 */
public record DownloadLimits(long sizeBytes, Duration total, Duration connect, Duration silence) {

    /** Pennylane takes uploads of up to 100 MB; ten times that is no invoice. */
    public static final DownloadLimits DEFAULT =
            new DownloadLimits(1024L * 1024 * 1024, Duration.ofMinutes(5), Duration.ofSeconds(10),
                    Duration.ofSeconds(30));

    public DownloadLimits {
        if (sizeBytes < 1 || total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("limits are larger than nothing");
        }
    }
}
