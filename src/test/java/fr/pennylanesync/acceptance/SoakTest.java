package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.runtime.WarehouseTruth;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} with schedules compressed to seconds and companies that change all the time: memory and threads stay
 * where they are.
 *
 * <p>{@code mvn test -Dtest=SoakTest -Dsoak.minutes=10}.
 */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
class SoakTest {

    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 0));
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);
    private static final long HEAP_GROWTH_MAX_KB = 12 * 1024;
    private static final long THREADS_GROWTH_MAX = 5;
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(stream -> stream.enabled() && !stream.isShareOnly()).toList();

    @TempDir
    Path home;

    @Test
    void memoryAndThreadsStayWhereTheyAre() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(5).withRecords(40).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options)) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database)
                    .with("console.port", "0").with("sync.interval", "10s")
                    .with("sync.sweep-interval-without-changelog", "1m");
            Process process = installation.start("run");
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                await().atMost(Duration.ofMinutes(3)).until(() -> warehouse.jdbc()
                        .sql("select count(*) = 5 from pennylane_sync.company_run where ended_at is not null")
                        .query(Boolean.class).single());
                List<ProcessFigures> figures = watch(process, sandbox);
                await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofSeconds(2))
                        .untilAsserted(
                                () -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
                System.out.printf("soak: %s, %,d requests, 5 companies every 10 s%n", LENGTH,
                        sandbox.requests().total());
                assertFlat(figures, ProcessFigures::heapKb, HEAP_GROWTH_MAX_KB);
                assertFlat(figures, ProcessFigures::threads, THREADS_GROWTH_MAX);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static List<ProcessFigures> watch(Process process, Sandbox sandbox) {
        List<ProcessFigures> figures = new ArrayList<>();
        Random random = new Random(1);
        Instant end = Instant.now().plus(LENGTH);
        while (Instant.now().isBefore(end)) {
            Instant next = Instant.now().plus(BETWEEN_SAMPLES);
            await().atMost(BETWEEN_SAMPLES.plusSeconds(10)).pollInterval(Duration.ofSeconds(1))
                    .until(() -> Instant.now().isAfter(next));
            sandbox.companies().forEach(company -> sandbox.mutate(company.id(), random, 5));
            figures.add(ProcessFigures.of(process));
            System.out.println("soak: " + figures.get(figures.size() - 1));
        }
        return figures;
    }

    /**
     * The lowest of the last third is not above the lowest of the first: what is in use for a moment does not count.
     */
    private static void assertFlat(List<ProcessFigures> figures, ToLongFunction<ProcessFigures> value, long growthMax) {
        int third = Math.max(1, figures.size() / 3);
        LongSummaryStatistics first = figures.subList(0, third).stream().mapToLong(value).summaryStatistics();
        LongSummaryStatistics last =
                figures.subList(figures.size() - third, figures.size()).stream().mapToLong(value).summaryStatistics();
        assertThat(last.getMin()).isLessThanOrEqualTo(first.getMin() + growthMax);
    }
}
