package fr.pennylanesync.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/** Writes the log for a person at a terminal. */
public final class PlainAppender extends AppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
        LogTarget target = Logs.target();
        PlainLine.of(event, target).forEach(target.lines());
    }
}
