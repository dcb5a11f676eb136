package fr.pennylanesync.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Puts an event into lines for a person: when, what it means, its fields, and what to do. The same is masked as in the
 * structured log.
 */
final class PlainLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String INDENT = "         ";
    private static final String NOTHING = "Nothing.";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String END = "\u001b[0m";

    private PlainLine() {}

    static List<String> of(ILoggingEvent event, LogTarget target) {
        List<String> lines = new ArrayList<>();
        String time = TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()));
        Optional<EventDeclaration> declared = OwnCode.is(event.getLoggerName())
                ? EventDeclaration.named(event.getMessage())
                : Optional.empty();
        lines.add(time + " " + coloured(event, target, VisibleText.of(what(event, declared))));
        declared.map(EventDeclaration::action).filter(action -> isWorthSaying(event, action))
                .ifPresent(action -> lines.add(INDENT + "To do: " + action));
        if (event.getThrowableProxy() != null) {
            lines.add(INDENT + "Error: " + event.getThrowableProxy().getClassName());
            if (target.detail() == LogTarget.Detail.EVERYTHING) {
                lines.addAll(SafeStackTrace.of(event.getThrowableProxy()).lines().toList());
            }
        }
        return lines;
    }

    private static boolean isWorthSaying(ILoggingEvent event, String action) {
        return event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.WARN) && !action.equals(NOTHING);
    }

    private static String what(ILoggingEvent event, Optional<EventDeclaration> declared) {
        if (declared.isEmpty()) {
            String message = String.valueOf(event.getFormattedMessage());
            return OwnCode.is(event.getLoggerName()) ? SensitiveText.mask(message) : ForeignText.mask(message);
        }
        List<KeyValuePair> fields = event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
        String values = fields.stream().map(PlainLine::field).collect(Collectors.joining(", "));
        String means = declared.get().means().replaceFirst("\\.$", "");
        return means + " (" + declared.get().name() + (values.isEmpty() ? "" : ": " + values) + ")";
    }

    private static String field(KeyValuePair field) {
        boolean figure = field.value instanceof Number || field.value instanceof Boolean;
        return field.key + " "
                + (figure ? field.value : EventProvider.mask(field.key, String.valueOf(field.value)));
    }

    private static String coloured(ILoggingEvent event, LogTarget target, String text) {
        boolean error = event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.ERROR);
        if (!target.coloured() || !event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.WARN)) {
            return text;
        }
        return (error ? RED : YELLOW) + text + END;
    }
}
