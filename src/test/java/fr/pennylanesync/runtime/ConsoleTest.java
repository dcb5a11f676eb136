package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.ObservabilityTest;
import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.ConsoleSources;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.GeneralErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.schedule.ScheduleErrorCode;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Page, health and metrics over a real runtime, asked over HTTP, the page with a browser engine. */
class ConsoleTest {

    private static final Set<String> ONLY_ON_FAILURE =
            Set.of("pennylane_sync_rows_altered_total", "pennylane_sync_missed_total");
    private static final AtomicBoolean ARCHIVE_AWAY = new AtomicBoolean();
    private static final AtomicReference<ErrorCode> SCHEDULE_FAULT = new AtomicReference<>();
    private static final AtomicBoolean STANDING_STILL = new AtomicBoolean();
    private static Console console;
    private static LiveRoutes live;

    @BeforeAll
    static void start() {
        console = Console.open(new Settings.Console("127.0.0.1", 0));
        live = new LiveRoutes(SandboxOptions.defaults().withCompanies(2).withRecords(40).withRateLimit(RateLimit.OFF),
                LiveRoutes.copy(),
                Map.of(), console.meters());
        live.awaitSync();
        console.watch(new ConsoleSources(live.warehouse.jdbc(), new StreamStates(live.warehouse.jdbc()),
                live.runtime::catalog,
                new ConsoleSources.HealthQuestions(live.warehouse::check, ConsoleTest::askCompanies,
                        ConsoleTest::askArchive, () -> {}),
                live.runtime::reload, ConsoleTest::local, Duration.ofMinutes(30)));
    }

    private static List<Warning> local() {
        return Optional.ofNullable(SCHEDULE_FAULT.get()).stream()
                .map(fault -> new Warning(fault.name(), fault.meaning(), Optional.empty(), fault.remedy())).toList();
    }

    private static void askCompanies() {
        if (STANDING_STILL.get()) {
            throw new SyncException(GeneralErrorCode.UNEXPECTED);
        }
        live.runtime.progress().requireWork();
    }

    private static void askArchive() {
        if (ARCHIVE_AWAY.get()) {
            throw new IllegalStateException("away");
        }
        live.runtime.archive().bucket().check();
    }

    @AfterAll
    static void stop() {
        console.close();
        live.close();
    }

    @Test
    void everyMetricOfTheContractIsMeasured() {
        awaitReady();
        SandboxCompany company = live.sandbox.companies().get(0);
        await().atMost(LiveRoutes.WITHIN)
                .until(() -> get("observe/metrics").body().contains("pennylane_sync_stream_lag_seconds{"));
        String metrics = get("observe/metrics").body();

        assertThat(value(metrics, "pennylane_sync_requests_total{company=\"" + company.id() + "\",status=\"200\"}"))
                .isPositive();
        assertThat(value(metrics, "pennylane_sync_rate_limited_total")).isZero();
        assertThat(value(metrics, "pennylane_sync_budget_utilisation{company=\"" + company.id() + "\"}")).isBetween(0.0,
                1.0);
        assertThat(value(metrics,
                "pennylane_sync_records_landed_total{company=\"" + company.id()
                        + "\",pass=\"walk\",stream=\"customers\"}"))
                .isEqualTo(live.sandbox.truth().records(company.id(), "customers").count());
        assertThat(value(metrics, "pennylane_sync_batch_mismatch_total")).isZero();
        assertThat(value(metrics, "pennylane_sync_quarantined_total")).isZero();
        assertThat(value(metrics, "pennylane_sync_files_archived_total")).isNotNegative();
        assertThat(value(metrics,
                "pennylane_sync_stream_lag_seconds{company=\"" + company.id() + "\",stream=\"customers\"}"))
                .isBetween(0.0, 600.0);
        assertThat(value(metrics, "pennylane_sync_reload_refused_total")).isNotNegative();
        assertThat(metrics).contains("jvm_memory_used_bytes").doesNotContain(company.token());
    }

    /** Whoever imports dashboard and rules finds each series there, except those that tell of what has not happened. */
    @Test
    void everySeriesThatDashboardAndRulesAskForIsInAScrape() {
        awaitReady();
        await().atMost(LiveRoutes.WITHIN).untilAsserted(() -> {
            List<String> scrape = get("observe/metrics").body().lines().toList();
            assertThat(ObservabilityTest.watched()).filteredOn(watched -> !ONLY_ON_FAILURE.contains(watched.metric()))
                    .allSatisfy(watched -> assertThat(scrape).as("%s", watched).anyMatch(line -> isOf(line, watched)));
        });
    }

    private static boolean isOf(String line, ObservabilityTest.Watched watched) {
        return line.startsWith(watched.metric() + (watched.labels().isEmpty() ? "" : "{"))
                && watched.labels().stream().allMatch(label -> line.matches(".*[{,]" + label + "=\".*"));
    }

    @Test
    void theOverviewShowsEveryCompanyAndItsPageEveryStreamWithItsRows() throws IOException {
        awaitReady();
        try (WebClient browser = new WebClient(BrowserVersion.FIREFOX)) {
            browser.getOptions().setThrowExceptionOnFailingStatusCode(true);
            browser.getOptions().setJavaScriptEnabled(false);
            HtmlPage overview = browser.getPage(console.url());

            assertThat(overview.getElementById("headline").asNormalizedText()).matches("All is well|One warning");
            assertThat(overview.getByXPath("//tr[contains(@class,'company')]")).hasSize(2);
            HtmlPage company = browser.getPage(console.url() + "companies/" + live.sandbox.companies().get(0).id());
            HtmlTable table = company.getHtmlElementById("streams");
            assertThat(table.getRow(0).asNormalizedText()).startsWith("Stream\tState\tLag\tAge\tRows");
            List<String> streams = live.streams().stream().map(StreamDefinition::name).sorted().toList();
            assertThat(table.getRows().stream().skip(1).map(row -> row.getCell(0).asNormalizedText()))
                    .containsAll(streams);
            HtmlPage routes = browser.getPage(console.url() + "routes");
            assertThat(routes.asNormalizedText()).contains("in force", "In force since");
        }
    }

    @Test
    void everySyncStandsInTheListOfRunsWithWhatItBrought() {
        awaitReady();
        SandboxCompany company = live.sandbox.companies().get(0);

        await().atMost(LiveRoutes.WITHIN).untilAsserted(() -> assertThat(live.warehouse.jdbc().sql("""
                select count(*) from pennylane_sync.sync_run r where kind = 'sync' and company_id = ?
                and outcome = 'COMPLETE' and requests > 0 and records_read > 0 and records_read = (
                    select sum(record_count) from pennylane_sync.batch where company_id = r.company_id
                    and landed_at between r.started_at and r.ended_at)""")
                .param(company.id()).query(Long.class).single()).isPositive());
        assertThat(get("runs").body()).contains("complete", "/companies/" + company.id());
    }

    @Test
    void theJsonSaysWhatThePageSays() {
        awaitReady();
        HttpResponse<String> answer = get("status.json");

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        assertThat(answer.body()).contains("\"stream\" : \"customers\"", "\"state\" : \"LIVE\"", "\"status\" : \"UP\"");
    }

    @Test
    void readinessFailsWhileTheArchiveIsAwayAndTheProcessStaysAlive() {
        awaitReady();
        ARCHIVE_AWAY.set(true);

        await().atMost(LiveRoutes.WITHIN).until(() -> get("observe/health").statusCode() == 503);
        assertThat(get("observe/health").body()).contains("\"name\" : \"archive\"", "UNREACHABLE");
        assertThat(get("observe/health/live").statusCode()).isEqualTo(200);

        ARCHIVE_AWAY.set(false);
        awaitReady();
    }

    @Test
    void readinessFailsWhileEveryCompanyStandsStill() {
        awaitReady();
        STANDING_STILL.set(true);

        await().atMost(LiveRoutes.WITHIN).until(() -> get("observe/health/ready").statusCode() == 503);
        assertThat(get("observe/health").body()).contains("\"name\" : \"companies\"", "UNEXPECTED");

        STANDING_STILL.set(false);
        awaitReady();
    }

    @Test
    void aScheduleThatStandsStillIsAWarning() {
        awaitReady();
        SCHEDULE_FAULT.set(ScheduleErrorCode.SCHEDULE_STALLED);

        await().atMost(LiveRoutes.WITHIN).untilAsserted(() -> {
            assertThat(get("observe/health").body()).contains("SCHEDULE_STALLED");
            assertThat(get("").body()).contains("SCHEDULE_STALLED");
        });

        SCHEDULE_FAULT.set(null);
        await().atMost(LiveRoutes.WITHIN).until(() -> !get("observe/health").body().contains("SCHEDULE_STALLED"));
    }

    @Test
    void aRefusedChangeOfTheRoutesIsAWarningThatNamesItsLine() {
        awaitReady();
        String whole = live.read("streams/customers.camel.yaml");
        live.write("streams/customers.camel.yaml", whole.replace("reading: keyset", "reading: keysett"));

        await().atMost(LiveRoutes.WITHIN).untilAsserted(() -> {
            assertThat(get("observe/health").statusCode()).isEqualTo(200);
            assertThat(get("observe/health").body()).contains("ROUTES_REFUSED", "streams/customers.camel.yaml:8");
            assertThat(get("").body()).contains("change refused", "streams/customers.camel.yaml:8");
            assertThat(get("routes").body()).contains("change refused", "streams/customers.camel.yaml:8");
        });

        live.write("streams/customers.camel.yaml", whole);
        await().atMost(LiveRoutes.WITHIN).until(() -> !get("").body().contains("change refused"));
    }

    @Test
    void aRefusedTokenIsAWarningThatNamesItsCompany() {
        awaitReady();
        SandboxCompany company = live.sandbox.companies().get(1);
        live.sandbox.revoke(company.id());

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(get("observe/health").statusCode()).isEqualTo(200);
            assertThat(get("observe/health").body()).contains("COMPANY_REFUSED", "company " + company.id());
        });
    }

    @Test
    void onlyAnAddressedLoopbackNameIsAnswered() throws IOException {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", URI.create(console.url()).getPort())) {
            socket.getOutputStream()
                    .write("GET /status.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes());
            assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void anAddressThatIsTakenIsRefusedWithARemedy() {
        int port = URI.create(console.url()).getPort();

        assertThat(org.assertj.core.api.Assertions
                .catchThrowable(() -> Console.open(new Settings.Console("127.0.0.1", port))))
                .hasMessageContaining("CONSOLE_PORT_TAKEN").hasMessageContaining("console.port");
    }

    private static void awaitReady() {
        await().atMost(LiveRoutes.WITHIN)
                .until(() -> get("observe/health").statusCode() == 200 && get("").body().contains("class=\"company\""));
    }

    private static double value(String metrics, String series) {
        return metrics.lines().filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst().orElse(Double.NaN);
    }

    private static HttpResponse<String> get(String path) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(console.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
