package fr.pennylanesync.tracing;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that spans cannot be sent, and once that they can again. */
final class ToldExporter implements SpanExporter {

    private static final EventLog LOG = EventLog.of(ToldExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    ToldExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = exporter.export(spans);
        return sent.whenComplete(() -> tell(!sent.isSuccess()));
    }

    private void tell(boolean isFailed) {
        if (failing.getAndSet(isFailed) != isFailed) {
            LOG.log(isFailed ? new ProcessEvent.TracesNotSent() : new ProcessEvent.TracesSent());
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
