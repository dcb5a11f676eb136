package fr.pennylanesync.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.console.web.WebAnswer;
import fr.pennylanesync.console.web.WebPages.Access;
import fr.pennylanesync.console.web.WebPages.WebPage;
import fr.pennylanesync.console.web.WebRequest;
import fr.pennylanesync.console.web.WebServer;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Page, health and metrics. It answers from its first moment on, also while the runtime waits for its warehouse: ready
 * it is only once {@link #watch} has something to look at.
 */
public final class Console implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Holds what the console looks at, once there is something. */
    private record Watched(ConsoleSources sources, Sampler sampler, SampleMeters meters) {}

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final String address;
    private final String scheme;
    private final WebServer server;
    private final Instant openedAt = Instant.now();
    private volatile Health starting = Health.starting(openedAt);
    private volatile Optional<Watched> watched = Optional.empty();

    private Console(Settings.Console settings) {
        Stream.of(new JvmMemoryMetrics(), gc, new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
        this.address = settings.address();
        this.scheme = settings.tls().isPresent() ? "https" : "http";
        Pages pages = new Pages(() -> watched.map(now -> new Pages.Looked(now.sources(), now.sampler())),
                this::health);
        this.server = new WebServer(settings, pages.with(List.of(
                new WebPage(Access.PAGE, "/status.json", this::status),
                open("/observe/metrics", this::metrics),
                open("/observe/health", () -> health(health())),
                open("/observe/health/ready", () -> health(health())),
                open("/observe/health/live", () -> health(live())))));
    }

    private static WebPage open(String path, Supplier<WebAnswer> answer) {
        return new WebPage(Access.OPEN, path, request -> answer.get());
    }

    /** @throws SyncException if the address cannot be listened on */
    public static Console open(Settings.Console settings) {
        return new Console(settings);
    }

    /** Returns the registry in which everything is counted. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Returns the address at which people look. */
    public String url() {
        return scheme + "://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + server.port() + "/";
    }

    /** Looks at something from now on, every few seconds. */
    public void watch(ConsoleSources sources) {
        watch(sources, Sampler.Pace.USUAL);
    }

    /** @param every how often everything is looked at */
    public void watch(ConsoleSources sources, Duration every) {
        watch(sources, new Sampler.Pace(every, every));
    }

    private void watch(ConsoleSources sources, Sampler.Pace pace) {
        Sampler sampler = new Sampler(sources, pace);
        watched = Optional.of(new Watched(sources, sampler, new SampleMeters(sampler, meters)));
    }

    /** Says what the start waits for, until there is something to watch. */
    public void waitsFor(ErrorCode code) {
        starting = Health.waiting(code, openedAt);
    }

    private Health health() {
        return watched.map(now -> now.sampler().health()).orElse(starting);
    }

    private Health live() {
        return watched.map(now -> now.sampler().live()).orElseGet(Health::alive);
    }

    private WebAnswer health(Health health) {
        return json(health.isUp() ? WebAnswer.OK : WebAnswer.UNAVAILABLE, health.shown());
    }

    private WebAnswer metrics() {
        watched.ifPresent(now -> now.meters().refresh());
        return WebAnswer.text(WebAnswer.OK, "text/plain; version=0.0.4", meters.scrape());
    }

    /** Shows to whoever asks the companies that he may see. */
    private WebAnswer status(WebRequest request) {
        MetricSample sample = watched.map(now -> now.sampler().sample()).orElse(MetricSample.NONE);
        Viewer viewer = request.viewer();
        return json(WebAnswer.OK, StatusView.of(sample, health().seenBy(viewer).shown(), viewer));
    }

    private static WebAnswer json(int status, Object body) {
        try {
            return WebAnswer.text(status, "application/json", JSON.writeValueAsString(body) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.close();
        watched.ifPresent(now -> now.sampler().close());
        gc.close();
        meters.close();
    }
}
