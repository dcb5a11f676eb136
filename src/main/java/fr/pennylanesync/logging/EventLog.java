package fr.pennylanesync.logging;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The only way into the log for our own code: it takes declared events and nothing else. The log is opened with the
 * first event, so that a command that tells none starts without it.
 */
public final class EventLog {

    private final Class<?> origin;
    private volatile Logger logger;

    private EventLog(Class<?> origin) {
        this.origin = origin;
    }

    /** @param origin names the logger, by which levels are set and lines are found */
    public static EventLog of(Class<?> origin) {
        return new EventLog(origin);
    }

    /** Logs an event at its level. */
    public void log(Event event) {
        log(event, Optional.empty());
    }

    /**
     * Logs an event together with the stack trace of what caused it, which loses the messages of foreign exceptions.
     */
    public void log(Event event, Throwable cause) {
        log(event, Optional.of(cause));
    }

    private void log(Event event, Optional<Throwable> cause) {
        EventDeclaration declaration = EventDeclaration.of(event);
        Logger open = logger();
        if (open.isEnabledForLevel(declaration.level())) {
            LoggingEventBuilder line = open.atLevel(declaration.level());
            declaration.fieldsOf(event).forEach(line::addKeyValue);
            cause.ifPresent(line::setCause);
            line.log(declaration.name());
        }
    }

    private Logger logger() {
        Logger open = logger;
        if (open == null) {
            open = LoggerFactory.getLogger(origin);
            logger = open;
        }
        return open;
    }
}
