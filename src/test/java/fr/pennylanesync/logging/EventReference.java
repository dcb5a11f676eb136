package fr.pennylanesync.logging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the declared events as the Markdown page that operators read: docs/reference/events.md. */
final class EventReference {

    private static final String INTRODUCTION = """
            # Log events

            The log is one JSON line for each event: `time` (UTC), `level`, `logger`, `thread`, `event` (the names \
            below) and
            `fields`. A line that tells of a fault also has `error`, the class of the exception, and `stack_trace`, \
            without messages
            of other people's code. A line with a `message` instead of an `event` comes from a library. \
            Lines of level DEBUG are
            not written by default. [Operating](../OPERATING.md#alarms-worth-having) says which events to alarm on.

            Generated from the records that implement `Event`; declare an event there, then run
            `mvn -q test -Dtest=EventReferenceTest -Dreference.update=true`.
            """;

    private EventReference() {}

    /** Writes the whole page; the same declarations always give the same text. */
    static String page() {
        return INTRODUCTION
                + EventDeclaration.topics().stream().map(EventReference::topic).collect(Collectors.joining())
                + fields() + kinds();
    }

    private static String topic(Class<?> topic) {
        return table(topic.getAnnotation(Event.Topic.class).value(),
                List.of("event", "level", "fields", "it means", "to do"),
                EventDeclaration.in(topic).stream().map(EventReference::row).collect(Collectors.joining()));
    }

    private static String row(EventDeclaration event) {
        String fields = event.components().stream().map(component -> code(component.field().fieldName()))
                .collect(Collectors.joining(", "));
        return row(List.of(code(event.name()), event.level().name(), fields, event.means(), event.action()));
    }

    private static String fields() {
        return table("Fields", List.of("field", "kind", "it is"), Arrays.stream(EventField.values())
                .map(field -> row(List.of(code(field.fieldName()), lowerCase(field.kind()), field.meaning())))
                .collect(Collectors.joining()));
    }

    private static String kinds() {
        return table("Kinds of fields", List.of("kind", "it is"), Arrays.stream(FieldKind.values())
                .map(kind -> row(List.of(lowerCase(kind), kind.meaning()))).collect(Collectors.joining()));
    }

    private static String table(String heading, List<String> columns, String rows) {
        return "\n## " + heading + "\n\n" + row(columns) + "|" + "---|".repeat(columns.size()) + "\n" + rows;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String code(String name) {
        return "`" + name + "`";
    }

    private static String lowerCase(FieldKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
