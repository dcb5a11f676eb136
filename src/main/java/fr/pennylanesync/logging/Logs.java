package fr.pennylanesync.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides where the log goes: to a file, to standard error, or as lines for people to a terminal. Standard output
 * belongs to the commands.
 */
public final class Logs {

    /**
     * Properties that logback.xml reads; not under a prefix of the settings, where the next load would find and judge
     * them.
     */
    private static final String FILE = "log.file";
    private static final String APPENDER = "log.appender";
    private static final String APPENDER_OF_FILE = "FILE";
    private static final String APPENDER_OF_LINES = "PLAIN";
    private static final String SECOND = "log.second";
    private static final String THRESHOLD = "log.threshold";
    private static final String LEVEL = "log.level";

    private static volatile LogTarget target = LogTarget.STANDARD;
    private static volatile boolean fileUnwritable;

    private Logs() {}

    /** Says how standard error gets the log; to be called before the first event. */
    public static void begin(LogTarget wanted) {
        target = wanted;
        announce(Optional.empty());
    }

    static LogTarget target() {
        return target;
    }

    /**
     * Sends the log to a file, or back to standard error. To be called once the configuration is known; what is logged
     * before goes to standard error. So does all of it where the file cannot be written: a log that nobody can read
     * would be lost without a word.
     */
    public static void writeTo(Optional<Path> file) {
        silenceJavaLogging();
        file.ifPresent(path -> System.setProperty(FILE, path.toString()));
        configure(file.map(path -> APPENDER_OF_FILE));
        fileUnwritable = file.isPresent() && !isFileOpen();
        if (fileUnwritable) {
            configure(Optional.empty());
        }
    }

    /** Tells whether the log goes to standard error although a file was wanted. */
    public static boolean isFileUnwritable() {
        return fileUnwritable;
    }

    private static boolean isFileOpen() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<ILoggingEvent> appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER_OF_FILE);
        return appender != null && appender.isStarted();
    }

    private static void configure(Optional<String> appender) {
        announce(appender);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            context.reset();
            configurator.doConfigure(Logs.class.getResource("/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml of the jar is broken", e);
        }
    }

    /** A person sees the log beside its file; a program reads one of them. */
    private static void announce(Optional<String> file) {
        boolean forPeople = target.form() == LogTarget.Form.PLAIN;
        set(APPENDER, file.or(() -> forPeople ? Optional.of(APPENDER_OF_LINES) : Optional.empty()));
        set(SECOND, file.filter(present -> forPeople).map(present -> APPENDER_OF_LINES));
        set(THRESHOLD, Optional.of(target.detail().threshold().name()));
        boolean everything = target.detail() == LogTarget.Detail.EVERYTHING;
        set(LEVEL, Optional.of(everything ? Level.DEBUG.name() : Level.INFO.name()));
    }

    private static void set(String property, Optional<String> value) {
        value.ifPresentOrElse(text -> System.setProperty(property, text), () -> System.clearProperty(property));
    }

    /** The JDBC driver logs through the JDK, past our masking: it has nothing to say that its exceptions do not. */
    private static void silenceJavaLogging() {
        java.util.logging.LogManager.getLogManager().reset();
    }
}
