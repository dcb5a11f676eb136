package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The spine: from the sandbox's HTTP answers to the warehouse, through the real routes. */
class SyncTest {

    static final BudgetSettings UNLIMITED = new BudgetSettings(10_000, Duration.ofSeconds(1), 10_000);

    @Test
    void theWarehouseEqualsTheTruthAndASecondSyncChangesNothing() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withRateLimit(RateLimit.OFF));
                Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, UNLIMITED)) {
                run.sync();
                assertThat(run.progress.all()).extracting(Progress.StreamSync::outcome)
                        .containsOnly(Progress.StreamOutcome.COMPLETE);
                assertThat(WarehouseTruth.differences(sandbox, warehouse,
                        run.catalog.all().stream().filter(StreamDefinition::enabled).toList()))
                        .isEmpty();
            }
            try (TestRun again = new TestRun(sandbox, warehouse, UNLIMITED)) {
                again.sync();
                assertThat(again.progress.all()).extracting(Progress.StreamSync::outcome)
                        .containsOnly(Progress.StreamOutcome.COMPLETE);
                assertThat(again.progress.all())
                        .allSatisfy(stream -> assertThat(stream.changed() + stream.deleted()).isZero());
            }
        }
    }
}
