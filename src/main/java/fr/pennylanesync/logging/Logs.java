package fr.pennylanesync.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Decides where the log goes: to a file, to standard error, or as lines for people to a terminal. Standard output
 * belongs to the commands.
 */
public final class Logs {

    /** Stands in the place of our own layout where somebody puts one on the class path. */
    private static final String FOREIGN = "/logback.xml";

    private static volatile LogTarget target = LogTarget.STANDARD;
    private static volatile boolean fileUnwritable;

    private Logs() {}

    /** Says how standard error gets the log; to be called before the first event. */
    public static void begin(LogTarget wanted) {
        target = wanted;
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
        configure(file);
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
        Appender<ILoggingEvent> appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogConfigurator.FILE);
        return appender != null && appender.isStarted();
    }

    private static void configure(Optional<Path> file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        URL foreign = Logs.class.getResource(FOREIGN);
        if (foreign == null) {
            LogConfigurator.layOut(context, target, file);
            return;
        }
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(foreign);
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml of the class path is broken", e);
        }
    }

    /** The JDBC driver logs through the JDK, past our masking: it has nothing to say that its exceptions do not. */
    private static void silenceJavaLogging() {
        java.util.logging.LogManager.getLogManager().reset();
    }
}
