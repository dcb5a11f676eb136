package fr.pennylanesync.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** Keeps what a class logs, as lines of a name and its fields. */
public final class CapturedEvents implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

    private CapturedEvents(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
        kept.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(kept);
    }

    /** Keeps the events of one class. */
    public static CapturedEvents of(Class<?> origin) {
        return new CapturedEvents((Logger) LoggerFactory.getLogger(origin));
    }

    /** Keeps the events of the whole program. */
    public static CapturedEvents ofAll() {
        return new CapturedEvents((Logger) LoggerFactory.getLogger("fr.pennylanesync"));
    }

    /** Returns one line for each event, as {@code name field=value}. */
    public List<String> lines() {
        return List.copyOf(kept.list).stream().map(CapturedEvents::line).toList();
    }

    private static String line(ILoggingEvent event) {
        List<KeyValuePair> fields = event.getKeyValuePairs();
        return event.getMessage() + (fields == null ? ""
                : fields.stream().map(field -> " " + field.key + "=" + field.value).collect(Collectors.joining()));
    }

    @Override
    public void close() {
        logger.detachAppender(kept);
        logger.setLevel(before);
    }
}
