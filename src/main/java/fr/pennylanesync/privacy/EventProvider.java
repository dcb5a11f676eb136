package fr.pennylanesync.privacy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;

/**
 * What happened. Of our own code {@code "stream.landed company={} rows={}"} becomes an event name and fields of their
 * own, so that logs can be searched by them; anything else is a masked message.
 */
final class EventProvider extends AbstractJsonProvider<ILoggingEvent> {

    private static final Pattern EVENT = Pattern.compile("([a-z][\\w.-]*)((?: [a-zA-Z]\\w*=\\{\\})*)");
    private static final Pattern FIELD = Pattern.compile(" (\\w+)=");

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
        Matcher pattern = EVENT.matcher(String.valueOf(event.getMessage()));
        if (!Ours.is(event.getLoggerName())) {
            json.writeStringField("message", ForeignText.mask(String.valueOf(event.getFormattedMessage())));
            return;
        }
        if (!pattern.matches()) {
            json.writeStringField("message", SensitiveText.mask(String.valueOf(event.getFormattedMessage())));
            writeFields(json, fields("", event));
            return;
        }
        json.writeStringField("event", pattern.group(1));
        writeFields(json, fields(pattern.group(2), event));
    }

    private static Map<String, Object> fields(String names, ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Object[] arguments = event.getArgumentArray() == null ? new Object[0] : event.getArgumentArray();
        Matcher field = FIELD.matcher(names);
        for (int index = 0; index < arguments.length && field.find(); index++) {
            fields.put(field.group(1), arguments[index]);
        }
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, pair.value);
            }
        }
        return fields;
    }

    private static void writeFields(JsonGenerator json, Map<String, Object> fields) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("fields");
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            write(json, field.getKey(), field.getValue());
        }
        json.writeEndObject();
    }

    /** Numbers stay numbers; everything else is a masked text, never a serialized object with all it holds. */
    private static void write(JsonGenerator json, String name, Object value) throws IOException {
        if (value instanceof Integer || value instanceof Long) {
            json.writeNumberField(name, ((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumberField(name, ((Number) value).doubleValue());
        } else if (value instanceof Boolean flag) {
            json.writeBooleanField(name, flag);
        } else if (value instanceof Throwable throwable) {
            json.writeStringField(name, throwable.getClass().getName());
        } else {
            json.writeStringField(name, SensitiveText.mask(String.valueOf(value)));
        }
    }
}
