package fr.pennylanesync.logging;

import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * Says how standard error gets the log. A file of the log gets it in any case, as JSON.
 *
 * @param form JSON for programs, or lines for people
 * @param threshold what is less urgent is left out
 * @param coloured whether lines for people are in colour
 * @param lines takes each line for people
 */
public record LogTarget(Form form, Level threshold, boolean coloured, Consumer<String> lines) {

    /** Says for whom the log is written. */
    public enum Form {
        JSON, PLAIN
    }

    /** Holds where the log goes unless somebody decides otherwise. */
    static final LogTarget STANDARD = new LogTarget(Form.JSON, Level.INFO, false, System.err::println);

    public LogTarget {
        if (form == null || threshold == null || lines == null) {
            throw new IllegalArgumentException("a log has a form, a threshold and a place");
        }
    }
}
