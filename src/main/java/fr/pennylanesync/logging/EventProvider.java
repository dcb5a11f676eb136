package fr.pennylanesync.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;

/**
 * Writes what happened: a declared event as its name and fields of their own, so that logs can be searched by them, and
 * anything else as a masked message.
 */
final class EventProvider extends AbstractJsonProvider<ILoggingEvent> {

    static final String FIELDS = "fields";

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
        String message = String.valueOf(event.getFormattedMessage());
        if (!OwnCode.is(event.getLoggerName())) {
            json.writeStringField("message", ForeignText.mask(message));
        } else if (EventDeclaration.isDeclared(message)) {
            json.writeStringField("event", message);
            writeFields(json, event.getKeyValuePairs());
        } else {
            json.writeStringField("message", SensitiveText.mask(message));
        }
    }

    private static void writeFields(JsonGenerator json, List<KeyValuePair> fields) throws IOException {
        if (fields == null) {
            return;
        }
        json.writeObjectFieldStart(FIELDS);
        for (KeyValuePair field : fields) {
            write(json, field.key, field.value);
        }
        json.writeEndObject();
    }

    /** Numbers and flags stay what they are; everything else is a text, masked as its kind asks for. */
    private static void write(JsonGenerator json, String name, Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumberField(name, number);
        } else if (value instanceof Boolean flag) {
            json.writeBooleanField(name, flag);
        } else {
            json.writeStringField(name, mask(name, String.valueOf(value)));
        }
    }

    /** Masks a text; one whose field nobody declared is masked like any sentence. */
    static String mask(String name, String text) {
        return EventField.named(name).map(EventField::kind).orElse(FieldKind.TEXT).mask(text);
    }
}
