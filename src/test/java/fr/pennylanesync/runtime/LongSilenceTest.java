package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Weeks that pass, runs that were left half done before them, and answers that never get better. */
class LongSilenceTest {

    private static final SandboxOptions ONE = SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
    private static final Instant BEGIN = Instant.parse("2026-11-16T08:00:00Z");
    private static final SyncRequest NO_SWEEPS =
            new SyncRequest(Optional.empty(), true, Duration.ofDays(365), Duration.ofDays(365));
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("content-length", "transfer-encoding", "connection", ":status");

    /** The weeks have passed by all clocks when they are over: the API's clock alone would not be believed. */
    @Test
    void aFeedThatWasSilentForWeeksIsNoGap() {
        AdjustableClock clock = AdjustableClock.runningFrom(Instant.now().minus(Duration.ofDays(41)));
        try (Sandbox sandbox = Sandbox.start(ONE.withClock(clock)); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> products = streams(run, "products");
            run.syncRequest = NO_SWEEPS;
            run.sync(products);
            String begun = begun(warehouse, "products");
            for (int day = 0; day < 40; day++) {
                clock.advance(Duration.ofDays(1));
                run.sync(products);
            }
            assertThat(begun(warehouse, "products")).as("its history").isEqualTo(begun);
            sandbox.mutate(new Random(5), 200);
            run.sync(products);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, products)).isEmpty();
        }
    }

    @Test
    void aHistoryAfterAGapDoesNotGoOnWithAnOlderSweep() {
        AdjustableClock clock = AdjustableClock.runningFrom(BEGIN);
        try (Sandbox sandbox = Sandbox.start(ONE.withClock(clock)); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> lines = streams(run, "ledger_entry_lines");
            run.sync(lines);
            leaveASweepInItsLastPages(warehouse);
            sandbox.mutate(new Random(5), 400);
            clock.advance(Duration.ofDays(35));
            run.syncRequest = NO_SWEEPS;
            run.sync(lines);
            run.sync(lines);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, lines)).isEmpty();
        }
    }

    /** As a stop would: its checkpoint stands before the last ids, its batches are in the ledger. */
    private static void leaveASweepInItsLastPages(Warehouse warehouse) {
        warehouse.jdbc().sql(
                "insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at, "
                        + "moved_at)"
                        + " select company_id, stream, 'sweep', 1, jsonb_build_object('kind', 'unread', 'ranges', "
                        + "jsonb_build_array(jsonb_build_object('after',"
                        + " (select max(id) - 5 from pennylane.ledger_entry_lines)))), 1, now(), now() "
                        + "from pennylane_sync.checkpoint"
                        + " where stream = 'ledger_entry_lines' and pass = 'walk'")
                .update();
        warehouse.jdbc().sql(
                "update pennylane_sync.batch set pass = 'sweep', landed_at = now() where stream = 'ledger_entry_lines'"
                        + " and pass = 'walk'")
                .update();
    }

    @Test
    @Timeout(120)
    void aFeedThatAlwaysRefusesDoesNotReadTheHistoryForEver() throws IOException {
        try (Sandbox sandbox = Sandbox.start(ONE); Warehouse warehouse = TestWarehouse.ready();
                Answering refusing = new Answering(sandbox.baseUri(), "/changelogs/products", 422);
                TestRun run = run(sandbox, warehouse, refusing)) {
            run.sync(streams(run, "products"));
            assertThat(run.progress.all()).singleElement()
                    .satisfies(progress -> assertThat(progress.reason().orElseThrow()).contains("CHANGELOG_TOO_OLD"));
            long batches = batches(warehouse);
            run.sync(streams(run, "products"));
            assertThat(batches(warehouse)).as("batches of a second sync").isEqualTo(batches);
        }
    }

    @Test
    void aSubListThatIsNeverFoundIsSetAsideAndItsRowsStay() throws IOException {
        try (Sandbox sandbox = Sandbox.start(ONE); Warehouse warehouse = TestWarehouse.ready();
                Answering missing = new Answering(sandbox.baseUri(), "/payments", 404);
                TestRun run = run(sandbox, warehouse, missing)) {
            List<StreamDefinition> invoices = streams(run, "customer_invoices");
            missing.pass(true);
            run.sync(invoices);
            long payments = count(warehouse,
                    "select count(*) from pennylane.customer_invoices_payments where deleted_at is null");
            long parents = count(warehouse, "select count(*) from pennylane.customer_invoices");
            missing.pass(false);
            warehouse.jdbc().sql(
                    "insert into pennylane_sync.due (company_id, stream, id, batch_id) "
                            + "select company_id, 'customer_invoices_payments', id, 0"
                            + " from pennylane.customer_invoices")
                    .update();
            run.sync(invoices);
            run.sync(invoices);
            long batches = batches(warehouse);
            run.sync(invoices);
            assertThat(batches(warehouse)).as("batches of an idle sync").isEqualTo(batches);
            assertThat(count(warehouse, "select count(*) from pennylane_sync.due")).isZero();
            assertThat(count(warehouse,
                    "select count(*) from pennylane_sync.quarantine where reason = 'NOT_FOUND' "
                            + "and resolved_at is null"))
                    .isEqualTo(parents).isPositive();
            assertThat(count(warehouse,
                    "select count(*) from pennylane.customer_invoices_payments where deleted_at is null"))
                    .isEqualTo(payments).isPositive();
        }
    }

    /**
     * A stream file that came while the parents were being read: the child's first rows came along with some of them.
     */
    @Test
    void aChildThatWasNewWhileItsParentsWereReadGetsThoseOfAll() {
        try (Sandbox sandbox = Sandbox.start(ONE); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> customers = streams(run, "customers");
            run.syncRequest = NO_SWEEPS;
            run.sync(customers);
            long contacts = count(warehouse, "select count(*) from pennylane.customers_contacts");
            warehouse.jdbc().sql(
                    "delete from pennylane.customers_contacts where id > (select min(id) "
                            + "from pennylane.customers_contacts)")
                    .update();
            warehouse.jdbc().sql(
                    "update pennylane_sync.stream_state set parents_due_at = null where stream = 'customers_contacts'")
                    .update();
            run.sync(customers);
            assertThat(count(warehouse, "select count(*) from pennylane.customers_contacts")).isEqualTo(contacts)
                    .isGreaterThan(1);
        }
    }

    private static TestRun run(Sandbox sandbox, Warehouse warehouse, Answering answering) {
        Map<String, String> settings =
                new TreeMap<>(Map.of("pennylane.base-url", answering.url(), "retry.delay-ms", "5", "archive.directory",
                        ShareRun.temporary("archive").toString()));
        TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings);
        run.syncRequest = NO_SWEEPS;
        return run;
    }

    private static List<StreamDefinition> streams(TestRun run, String name) {
        return List.of(run.catalog.find(name).orElseThrow());
    }

    private static String begun(Warehouse warehouse, String stream) {
        return warehouse.jdbc().sql(
                "select history_began_at::text from pennylane_sync.stream_state where state = 'LIVE' and stream = ?")
                .param(stream).query(String.class).single();
    }

    private static long batches(Warehouse warehouse) {
        return count(warehouse, "select count(*) from pennylane_sync.batch");
    }

    private static long count(Warehouse warehouse, String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }

    /** Stands before the sandbox and answers some paths itself, always in the same way. */
    private static final class Answering implements AutoCloseable {

        private static final byte[] BODY = "{\"error\":\"no\",\"status\":0}".getBytes(StandardCharsets.UTF_8);

        private final URI sandbox;
        private final String ending;
        private final int status;
        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpClient client = HttpClient.newHttpClient();
        private volatile boolean passing;

        Answering(URI sandbox, String ending, int status) throws IOException {
            this.sandbox = sandbox;
            this.ending = ending;
            this.status = status;
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + sandbox.getPath();
        }

        void pass(boolean all) {
            passing = all;
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (!passing && exchange.getRequestURI().getPath().endsWith(ending)) {
                    exchange.sendResponseHeaders(status, BODY.length);
                    exchange.getResponseBody().write(BODY);
                    return;
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.resolve(exchange.getRequestURI()));
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .ifPresent(token -> request.header("Authorization", token));
                HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                answer.headers().map().entrySet().stream()
                        .filter(header -> !OF_THE_CONNECTION.contains(header.getKey().toLowerCase()))
                        .forEach(header -> exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
                exchange.sendResponseHeaders(answer.statusCode(),
                        answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException(stopping));
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
