package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A long list is read in several ranges of ids side by side; a stop in the middle costs no more than the pages under
 * way.
 */
class LanesTest {

    private static final String STREAM = "ledger_entry_lines";
    private static final int RECORDS = 12_000;
    private static final int BATCHES_BEFORE_THE_STOP = 40;
    /** The newest id twice, the end of each range, the pages under way at the stop. */
    private static final int EXTRA_REQUESTS_MAX = 24;

    @Test
    void aLongWalkGoesOnInAllItsRangesAndReadsNothingTwice() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF).withRecords(RECORDS)
                        .withLatency(Duration.ofMillis(20));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                List<StreamDefinition> lines = lines(run);
                CompletableFuture<Void> sync = CompletableFuture.runAsync(() -> run.sync(lines));
                await().atMost(Duration.ofMinutes(1)).until(() -> batches(warehouse) >= BATCHES_BEFORE_THE_STOP);
                run.close();
                sync.get();
            }
            assertThat(openRanges(warehouse)).as("read in several ranges when it was stopped").isGreaterThan(1);
            try (TestRun again = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                List<StreamDefinition> lines = lines(again);
                again.sync(lines);
                assertThat(WarehouseTruth.differences(sandbox, warehouse, lines)).isEmpty();
            }
            long records = warehouse.jdbc().sql("select count(*) from pennylane." + STREAM).query(Long.class).single();
            assertThat(landed(warehouse)).as("no record landed twice").isEqualTo(records);
            assertThat(requests(sandbox)).isLessThanOrEqualTo(records / 100 + EXTRA_REQUESTS_MAX);
        }
    }

    private static List<StreamDefinition> lines(TestRun run) {
        return List.of(run.catalog.find(STREAM).orElseThrow());
    }

    private static long requests(Sandbox sandbox) {
        return sandbox.requests().all().stream().map(LoggedRequest::path).filter(path -> path.endsWith("/" + STREAM))
                .count();
    }

    private static long batches(Warehouse warehouse) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.batch where stream = ?").param(STREAM)
                .query(Long.class).single();
    }

    private static long landed(Warehouse warehouse) {
        return warehouse.jdbc().sql("select sum(record_count) from pennylane_sync.batch where stream = ?").param(STREAM)
                .query(Long.class).single();
    }

    private static int openRanges(Warehouse warehouse) {
        return warehouse.jdbc()
                .sql("select jsonb_array_length(position->'ranges') from pennylane_sync.checkpoint where stream = ?")
                .param(STREAM).query(Integer.class).single();
    }
}
