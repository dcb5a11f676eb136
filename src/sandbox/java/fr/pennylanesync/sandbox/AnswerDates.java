package fr.pennylanesync.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Says what the {@code Date} header of each answer tells; a balancer before the API may tell another time. */
public interface AnswerDates {

    /** The API's own time. */
    AnswerDates RIGHT = (path, now) -> Optional.of(text(now));

    /**
     * Returns the header's text, empty for an answer without one.
     *
     * @param path the path of the request below the base
     * @param now the API's own time
     */
    Optional<String> date(String path, Instant now);

    /** Writes an instant as the header has it. */
    static String text(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
