package fr.pennylanesync.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
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
import java.util.Map;
import java.util.Optional;
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
    private record Watched(Sampler sampler, SampleMeters meters) {}

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final String address;
    private final ConsoleServer server;
    private final Instant openedAt = Instant.now();
    private volatile Health starting = Health.starting(openedAt);
    private volatile Optional<Watched> watched = Optional.empty();

    private Console(Settings.Console settings) {
        Stream.of(new JvmMemoryMetrics(), gc, new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
        this.address = settings.address();
        this.server = new ConsoleServer(settings,
                Map.of("/", this::page, "/status.json", this::status, "/observe/metrics", this::metrics,
                        "/observe/health", () -> health(health()), "/observe/health/ready", () -> health(health()),
                        "/observe/health/live", () -> health(live())));
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
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + server.port() + "/";
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
        watched = Optional.of(new Watched(sampler, new SampleMeters(sampler, meters)));
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

    private ConsoleAnswer health(Health health) {
        return json(health.isUp() ? ConsoleAnswer.OK : ConsoleAnswer.UNAVAILABLE, health);
    }

    private ConsoleAnswer metrics() {
        watched.ifPresent(now -> now.meters().refresh());
        return ConsoleAnswer.text(ConsoleAnswer.OK, "text/plain; version=0.0.4", meters.scrape());
    }

    private ConsoleAnswer page() {
        MetricSample sample = watched.map(now -> now.sampler().sample()).orElse(MetricSample.NONE);
        return ConsoleAnswer.text(ConsoleAnswer.OK, "text/html", ConsolePage.render(PageView.of(sample, health())));
    }

    private ConsoleAnswer status() {
        MetricSample sample = watched.map(now -> now.sampler().sample()).orElse(MetricSample.NONE);
        return json(ConsoleAnswer.OK, StatusView.of(sample, health()));
    }

    private static ConsoleAnswer json(int status, Object body) {
        try {
            return ConsoleAnswer.text(status, "application/json", JSON.writeValueAsString(body) + "\n");
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
