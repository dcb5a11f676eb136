package fr.pennylanesync.logging;

import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * Says how standard error gets the log. A file of the log gets it in any case, as JSON.
 *
 * @param form JSON for programs, or lines for people
 * @param detail what is less urgent is left out
 * @param coloured whether lines for people are in colour
 * @param lines takes each line for people
 */
public record LogTarget(Form form, Detail detail, boolean coloured, Consumer<String> lines) {

    /** Says for whom the log is written. */
    public enum Form {
        JSON, PLAIN
    }

    /** Says how much is told. */
    public enum Detail {
        ERRORS(Level.ERROR), WARNINGS(Level.WARN), USUAL(Level.INFO), EVERYTHING(Level.DEBUG);

        private final Level threshold;

        Detail(Level threshold) {
            this.threshold = threshold;
        }

        Level threshold() {
            return threshold;
        }
    }

    /** Holds where the log goes unless somebody decides otherwise. */
    static final LogTarget STANDARD = new LogTarget(Form.JSON, Detail.USUAL, false, System.err::println);

    public LogTarget {
        if (form == null || detail == null || lines == null) {
            throw new IllegalArgumentException("a log has a form, a detail and a place");
        }
    }
}
