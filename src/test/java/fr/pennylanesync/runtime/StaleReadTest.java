package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.report.StreamStatus;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.http.OldRecords;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica that lags behind answers for a record that the changelog says to be newer. */
class StaleReadTest {

    private static final SyncRequest NO_SWEEPS =
            new SyncRequest(Optional.empty(), true, Duration.ofDays(365), Duration.ofDays(365));

    private final Sandbox sandbox = Sandbox.start(
            SandboxOptions.defaults().withCompanies(1).withRecords(60).withRateLimit(RateLimit.OFF));
    private final Warehouse warehouse = TestWarehouse.ready();
    private final TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED);
    private final List<StreamDefinition> customers = List.of(run.catalog.find("customers").orElseThrow());
    private final long company = sandbox.companies().get(0).id();

    StaleReadTest() {
        run.syncRequest = NO_SWEEPS;
        run.sync(customers);
    }

    @AfterEach
    void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    @Test
    void theNextSyncAsksAgain() {
        changeBehind(1);
        run.sync(customers);
        assertThat(differences()).as("the old answer").isNotEmpty();
        assertThat(due()).as("due in `status` and on the console").isEqualTo(awaited()).isPositive();
        run.sync(customers);
        assertThat(differences()).isEmpty();
        assertThat(awaited()).isZero();
        long requests = sandbox.requests().total();
        run.sync(customers);
        assertThat(sandbox.requests().total() - requests).as("/me and the feed").isLessThan(4);
    }

    @Test
    void pausesGrowUntilItIsAskedForNoMore() {
        changeBehind(Integer.MAX_VALUE);
        run.sync(customers);
        run.sync(customers);
        long requests = lists();
        run.sync(customers);
        assertThat(lists()).as("it waits half a minute").isEqualTo(requests);
        for (int attempt = 3; attempt <= 8; attempt++) {
            assertThat(awaited()).as("attempt %d", attempt).isPositive();
            assertThat(pauseSeconds()).isBetween(25 * Math.pow(4, attempt - 3), 30 * Math.pow(4, attempt - 3));
            warehouse.jdbc().sql("update pennylane_sync.stale_read set ask_again_at = now()").update();
            run.sync(customers);
        }
        assertThat(awaited()).isZero();
        requests = lists();
        run.sync(customers);
        assertThat(lists()).as("it is told, and asked for no more").isEqualTo(requests);
    }

    /** Changes of what is below a record raise events too; none of them may be taken for stale. */
    @Test
    void whatIsAnsweredAsNewAsItsEventIsNotAskedForAgain() {
        List<StreamDefinition> streams = run.catalog.roots().stream()
                .filter(stream -> stream.changelog().isPresent()).toList();
        run.sync(streams);
        sandbox.mutate(new Random(5), 300);
        run.sync(streams);
        run.sync(streams);
        assertThat(awaited()).isZero();
    }

    /** Changes customers, and lets the list show those that it has as they were before. */
    private void changeBehind(int answers) {
        Map<Long, JsonNode> before = records();
        sandbox.mutate(new Random(3), 150);
        Map<Long, JsonNode> after = records();
        before.entrySet().removeIf(record -> !after.containsKey(record.getKey())
                || after.get(record.getKey()).get("updated_at").equals(record.getValue().get("updated_at")));
        assertThat(before).isNotEmpty();
        sandbox.serveOld(new OldRecords("/customers", before, answers));
    }

    private Map<Long, JsonNode> records() {
        Map<Long, JsonNode> records = new HashMap<>();
        sandbox.truth().records(company, "customers")
                .forEach(record -> records.put(record.json().get("id").longValue(), record.json()));
        return records;
    }

    private List<String> differences() {
        return WarehouseTruth.differences(sandbox, warehouse, customers);
    }

    private long lists() {
        return sandbox.requests().all().stream().filter(request -> request.path().endsWith("/customers")
                && !request.path().contains("changelogs")).count();
    }

    private long awaited() {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.stale_read").query(Long.class).single();
    }

    private long due() {
        long inStatus = new StatusReport(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), run.catalog).companies()
                .stream().flatMap(one -> one.streams().stream()).filter(one -> one.stream().equals("customers"))
                .mapToLong(StreamStatus::due).sum();
        long onConsole = Overview.read(warehouse.jdbc(), run.catalog).companies().stream()
                .flatMap(one -> one.streams().stream()).filter(one -> one.name().equals("customers"))
                .mapToLong(Overview.StreamOverview::due).sum();
        assertThat(onConsole).isEqualTo(inStatus);
        return inStatus;
    }

    private double pauseSeconds() {
        return warehouse.jdbc().sql("select extract(epoch from max(ask_again_at) - now())"
                + " from pennylane_sync.stale_read").query(Double.class).single();
    }
}
