package fr.pennylanesync.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Lays the log out: events, one JSON line each or a line for people, masked. Standard output is for the commands, never
 * for logs. It is written in Java because Logback takes a fifth of a short command to read the same from XML. A
 * {@code logback.xml} that somebody puts on the class path stands in its place.
 */
@ConfiguratorRank(LogConfigurator.BEHIND_FILES)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    static final int BEHIND_FILES = ConfiguratorRank.NOMINAL - 1;
    static final String FILE = "FILE";

    private static final int FILES_MAX = 5;
    private static final FileSize FILE_SIZE = FileSize.valueOf("50MB");
    private static final Map<String, Level> FOREIGN = Map.of(
            "org.apache.camel", Level.WARN,
            "org.apache.hc", Level.WARN,
            "org.flywaydb", Level.WARN,
            // The pool tells of each connection that breaks; ours is to tell when the warehouse is away.
            "com.zaxxer.hikari", Level.ERROR,
            // A rollback on a broken connection: the failure itself is told by whoever handles it.
            "org.springframework.transaction.support", Level.OFF,
            // They quote from the documents they read.
            "org.apache.pdfbox", Level.OFF,
            "org.apache.fontbox", Level.OFF);

    /** Logback calls it at the first event, if there is no file that says otherwise. */
    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        layOut(logs, Logs.target(), Optional.empty());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** @param file of the log, which a person sees beside it */
    static void layOut(LoggerContext logs, LogTarget target, Optional<Path> file) {
        WireLogFilter wire = new WireLogFilter();
        wire.start();
        logs.addTurboFilter(wire);
        FOREIGN.forEach((name, level) -> logs.getLogger(name).setLevel(level));
        boolean everything = target.detail() == LogTarget.Detail.EVERYTHING;
        logs.getLogger("fr.pennylanesync").setLevel(everything ? Level.DEBUG : Level.INFO);
        var root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        file.ifPresent(path -> root.addAppender(file(logs, path)));
        if (target.form() == LogTarget.Form.PLAIN) {
            root.addAppender(plain(logs, target));
        } else if (file.isEmpty()) {
            root.addAppender(standardError(logs, target));
        }
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext logs, LogTarget target) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logs);
        appender.setName("STDERR");
        appender.setTarget("System.err");
        appender.addFilter(threshold(logs, target));
        appender.setEncoder(encoder(logs));
        appender.start();
        return appender;
    }

    /** Writes lines above the progress. */
    private static AppenderBase<ILoggingEvent> plain(LoggerContext logs, LogTarget target) {
        PlainAppender appender = new PlainAppender();
        appender.setContext(logs);
        appender.setName("PLAIN");
        appender.addFilter(threshold(logs, target));
        appender.start();
        return appender;
    }

    private static UnsynchronizedAppenderBase<ILoggingEvent> file(LoggerContext logs, Path path) {
        OwnersLogFile<ILoggingEvent> appender = new OwnersLogFile<>();
        appender.setContext(logs);
        appender.setName(FILE);
        appender.setFile(path.toString());
        appender.setEncoder(encoder(logs));
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(logs);
        rolling.setParent(appender);
        rolling.setFileNamePattern(path + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(FILES_MAX);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> triggering = new SizeBasedTriggeringPolicy<>();
        triggering.setContext(logs);
        triggering.setMaxFileSize(FILE_SIZE);
        triggering.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(triggering);
        appender.start();
        return appender;
    }

    private static EventEncoder encoder(LoggerContext logs) {
        EventEncoder encoder = new EventEncoder();
        encoder.setContext(logs);
        encoder.start();
        return encoder;
    }

    private static Filter<ILoggingEvent> threshold(LoggerContext logs, LogTarget target) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setContext(logs);
        filter.setLevel(target.detail().threshold().name());
        filter.start();
        return filter;
    }
}
