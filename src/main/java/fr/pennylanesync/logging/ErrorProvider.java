package fr.pennylanesync.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The exception of an event: its class to count by, and its stack trace without foreign messages. */
final class ErrorProvider extends AbstractJsonProvider<ILoggingEvent> {

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
        if (event.getThrowableProxy() == null) {
            return;
        }
        json.writeStringField("error", event.getThrowableProxy().getClassName());
        json.writeStringField(LogMasker.STACK_TRACE, SafeStackTrace.of(event.getThrowableProxy()));
    }
}
