package fr.pennylanesync.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to an OTLP server over HTTP, from a thread of its own. What the server does not take in time is dropped:
 * nothing that is traced waits for it. Safe for threads.
 */
public final class Traces implements AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int SPANS_WAITING_MAX = 8_192;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Traces(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("pennylane-sync");
    }

    /**
     * @param endpoint of the server, with or without the path of OTLP
     * @param node the name of this process
     */
    public static Traces to(URI endpoint, String node) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder().setEndpoint(withPath(endpoint.toString()))
                .setTimeout(ANSWER_LIMIT).setConnectTimeout(ANSWER_LIMIT).setRetryPolicy(null).build();
        return new Traces(SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "pennylane-sync",
                        AttributeKey.stringKey("service.instance.id"), node)))
                .addSpanProcessor(BatchSpanProcessor.builder(new ToldExporter(exporter))
                        .setMaxQueueSize(SPANS_WAITING_MAX).build())
                .build());
    }

    private static String withPath(String endpoint) {
        return endpoint.endsWith(PATH) ? endpoint : endpoint.replaceAll("/+$", "") + PATH;
    }

    /** Begins a span that is a part of another one, or a trace of its own. */
    public TraceSpan begin(String name, Optional<TraceSpan> whole) {
        return new TraceSpan(tracer.spanBuilder(name)
                .setParent(whole.map(TraceSpan::asParent).orElseGet(Context::root)).startSpan());
    }

    /** Sends what is left, as far as the server takes it soon. */
    @Override
    public void close() {
        provider.shutdown().join(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
