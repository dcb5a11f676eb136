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

/** Decides where the structured log goes: standard error, or a file. Standard output belongs to the commands. */
public final class Logs {

    /**
     * Properties that logback.xml reads; not under a prefix of the settings, where the next load would find and judge
     * them.
     */
    private static final String FILE = "log.file";
    private static final String APPENDER = "log.appender";
    private static final String APPENDER_OF_FILE = "FILE";

    private static volatile boolean fileUnwritable;

    private Logs() {}

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
        appender.ifPresentOrElse(name -> System.setProperty(APPENDER, name), () -> System.clearProperty(APPENDER));
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

    /** The JDBC driver logs through the JDK, past our masking: it has nothing to say that its exceptions do not. */
    private static void silenceJavaLogging() {
        java.util.logging.LogManager.getLogManager().reset();
    }
}
