package fr.pennylanesync.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ToldExporterTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ToldExporter.class);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeEach
    void listen() {
        told.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(told);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.setLevel(null);
        LOGGER.detachAppender(told);
    }

    @Test
    void aServerThatTakesNothingIsToldOfOnceAndOnceThatItTakesSpansAgain() {
        ToldExporter exporter = new ToldExporter(new ScriptedExporter(List.of(true, false, false, true, true)));
        for (int turn = 0; turn < 5; turn++) {
            exporter.export(List.of());
        }
        assertThat(messages()).containsExactly("traces_not_sent", "traces_sent");
    }

    @Test
    void nobodyWaitsForAServerThatIsAway() throws IOException {
        URI nobody;
        try (OtlpServer gone = new OtlpServer()) {
            nobody = gone.endpoint();
        }
        try (Traces traces = Traces.to(nobody, "node")) {
            traces.begin("lost", Optional.empty()).end();
        }
        assertThat(messages()).containsExactly("traces_not_sent");
    }

    @Test
    void aServerMayBeNamedWithThePathOfOtlp() throws IOException {
        try (OtlpServer server = new OtlpServer()) {
            for (String path : List.of("", "/", "/v1/traces")) {
                try (Traces traces = Traces.to(URI.create(server.endpoint() + path), "node")) {
                    traces.begin("sent", Optional.empty()).end();
                }
            }
            assertThat(server.spans()).hasSize(3).allSatisfy(span -> assertThat(span.parent()).isEmpty());
        }
        assertThat(messages()).isEmpty();
    }

    @Test
    void aSpanTakesNoTextOfForeignOrigin() throws IOException {
        try (OtlpServer server = new OtlpServer(); Traces traces = Traces.to(server.endpoint(), "node")) {
            TraceSpan span = traces.begin("guarded", Optional.empty());
            for (String foreign : List.of("", "Zoé Martin", "https://files.example/f.pdf", "a\nb", "x@y.example")) {
                assertThatThrownBy(() -> span.set(SpanField.ALIAS, foreign)).as(foreign)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> span.failed(foreign)).as(foreign).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private List<String> messages() {
        return told.list.stream().map(ILoggingEvent::getMessage).toList();
    }

    /** Takes spans or does not, as told. */
    private static final class ScriptedExporter implements SpanExporter {

        private final Deque<Boolean> taken;

        private ScriptedExporter(List<Boolean> taken) {
            this.taken = new ArrayDeque<>(taken);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return taken.remove() ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
