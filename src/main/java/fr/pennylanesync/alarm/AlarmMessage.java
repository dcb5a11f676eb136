package fr.pennylanesync.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says at once what is to be told: the alarms of one code that started, or those that ended. However many streams stop
 * at the same time, it is one message. It holds ids, counts, codes and times only.
 *
 * @param alarms at least one
 */
public record AlarmMessage(AlarmChange change, String code, List<Alarm> alarms) {

    /** Says what became of alarms. */
    public enum AlarmChange {
        STARTED, ENDED;

        /** Returns the word that a message has for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LISTED_MAX = 100;
    private static final int LINES_MAX = 10;

    public AlarmMessage {
        if (alarms.isEmpty()) {
            throw new IllegalArgumentException("a message tells of an alarm at least");
        }
        alarms = alarms.stream().sorted(Comparator.comparing(Alarm::id)).toList();
    }

    /** @param alarms of one code, whose starts are untold, or whose ends are */
    static AlarmMessage of(List<Alarm> alarms) {
        Alarm first = alarms.get(0);
        return new AlarmMessage(first.sentStartedAt().isEmpty() ? AlarmChange.STARTED : AlarmChange.ENDED,
                first.code(), alarms);
    }

    /** Returns the body of a webhook. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("event", change.word()).put("code", code).put("count", alarms.size()).put("title", title())
                .put("text", text()).put("remedy", remedy());
        ArrayNode list = root.putArray("alarms");
        alarms.stream().limit(LISTED_MAX).forEach(alarm -> put(list.addObject(), alarm));
        return written(root);
    }

    private static void put(ObjectNode node, Alarm alarm) {
        node.put("id", alarm.id());
        alarm.companyId().ifPresent(id -> node.put("company", id));
        alarm.stream().ifPresent(name -> node.put("stream", name));
        node.put("reason", alarm.reason()).put("startedAt", alarm.startedAt().toString());
        alarm.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
    }

    /** Returns one line, for the subject of a mail. */
    public String title() {
        String subject = alarms.get(0).subject();
        return "pennylane-sync: " + code + " " + change.word()
                + (alarms.size() > 1 ? ", alarms: " + alarms.size() : subject.isEmpty() ? "" : ", " + subject);
    }

    /** Returns some lines for people. */
    public String text() {
        String lines = alarms.stream().limit(LINES_MAX).map(AlarmMessage::line).collect(Collectors.joining("\n"));
        int more = alarms.size() - LINES_MAX;
        return title() + "\n" + lines + (more > 0 ? "\nand " + more + " more" : "") + "\nWhat to do: "
                + (change == AlarmChange.ENDED ? "nothing, it is over" : remedy());
    }

    /** Streams may stop of several failures, each of which wants something else done. */
    private String remedy() {
        return alarms.stream().map(Alarm::remedy).distinct().limit(LINES_MAX).collect(Collectors.joining("\n"));
    }

    private static String line(Alarm alarm) {
        return (alarm.subject().isEmpty() ? "" : alarm.subject() + ": ") + alarm.reason() + ", since "
                + alarm.startedAt().truncatedTo(ChronoUnit.SECONDS)
                + alarm.endedAt().map(at -> " until " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    }

    /** Returns {@link #title} as a value of JSON, in its quotation marks: for a body that a route writes down. */
    public String quotedTitle() {
        return written(title());
    }

    /** Returns {@link #text} as a value of JSON, in its quotation marks: for a body that a route writes down. */
    public String quotedText() {
        return written(text());
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
