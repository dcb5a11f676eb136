package fr.pennylanesync.sandbox.books;

import java.time.Instant;

/** When a record was created and last updated, in microseconds since 1970 (the precision of the API's timestamps). */
public record Stamps(long createdMicros, long updatedMicros) {

    public Stamps {
        if (updatedMicros < createdMicros) {
            throw new IllegalArgumentException("updated before created");
        }
    }

    public Stamps touched(long micros) {
        return new Stamps(createdMicros, Math.max(micros, createdMicros));
    }

    /** A moment in microseconds since 1970. */
    public static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000;
    }
}
