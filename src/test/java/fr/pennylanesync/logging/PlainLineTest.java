package fr.pennylanesync.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** A line for a person says what an event means and what to do, masked as the structured log is. */
class PlainLineTest {

    private static final LogTarget PLAIN =
            new LogTarget(LogTarget.Form.PLAIN, LogTarget.Detail.WARNINGS, false, line -> {});
    private static final LogTarget VERBOSE =
            new LogTarget(LogTarget.Form.PLAIN, LogTarget.Detail.EVERYTHING, true, line -> {});

    /** Declarations are known once an event of the kind was logged, as each is before its line is written. */
    @BeforeAll
    static void readDeclarations() {
        EventDeclaration.topics().forEach(EventDeclaration::in);
    }

    @Test
    void saysWhatItMeansItsFieldsAndWhatToDo() {
        List<String> lines = PlainLine.of(event(ch.qos.logback.classic.Level.WARN, null), PLAIN);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches(Pattern.compile("\\d\\d:\\d\\d:\\d\\d [A-Z].*\\(stream_not_permitted:"
                + " company_id 51020, stream customers, scope customers\\)"));
        assertThat(lines.get(1)).contains("To do: Give the token the scope");
    }

    @Test
    void whatIsNoWarningHasNoRemedyAndNoColour() {
        assertThat(PlainLine.of(event(ch.qos.logback.classic.Level.INFO, null), VERBOSE)).singleElement().asString()
                .doesNotContain("\u001b", "To do");
        assertThat(PlainLine.of(event(ch.qos.logback.classic.Level.WARN, null), VERBOSE).get(0))
                .contains("\u001b[33m");
    }

    @Test
    void aForeignMessageIsMaskedAndATraceIsForWhoAsks() {
        Exception foreign = new IllegalStateException("Dupont SARL owes 1234.50");
        LoggingEvent event = event(ch.qos.logback.classic.Level.ERROR, foreign);

        assertThat(String.join("\n", PlainLine.of(event, PLAIN)))
                .contains("Error: java.lang.IllegalStateException").doesNotContain("Dupont", "\tat ");
        assertThat(String.join("\n", PlainLine.of(event, VERBOSE))).contains("PlainLineTest").doesNotContain("Dupont");
        LoggingEvent other = new LoggingEvent("", logger("org.postgresql"), ch.qos.logback.classic.Level.WARN,
                "invalid value \"Dupont SARL\"", null, null);
        assertThat(PlainLine.of(other, PLAIN)).singleElement().asString().doesNotContain("Dupont");
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        LoggingEvent event = new LoggingEvent("", logger("fr.pennylanesync.plan.Progress"),
                ch.qos.logback.classic.Level.WARN, "stream_not_permitted", null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("stream", "cust\u001b[2Jomers\u009b\nmore")));

        assertThat(PlainLine.of(event, PLAIN).get(0)).contains("cust\\u001b[2Jomers\\u009b\\u000amore")
                .doesNotContain("\u001b", "\u009b", "\n");
    }

    private static LoggingEvent event(ch.qos.logback.classic.Level level, Throwable cause) {
        LoggingEvent event = new LoggingEvent("", logger("fr.pennylanesync.plan.Progress"), level,
                "stream_not_permitted", cause, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("company_id", 51020L), new KeyValuePair("stream", "customers"),
                new KeyValuePair("scope", "customers")));
        return event;
    }

    private static Logger logger(String name) {
        return new LoggerContext().getLogger(name);
    }
}
