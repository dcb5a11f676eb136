package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a sync that finds nothing new costs in the log: one line, so that a refusal is still there after the weekend.
 */
class IdleLogTest {

    private static final int SETTLED_AFTER = 3;

    @Test
    void anIdleSyncIsOneLineAndAChangeHasItsOwn() {
        try (Sandbox sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(1).withRecords(60).withRateLimit(RateLimit.OFF));
                Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> all = run.catalog.all().stream()
                    .filter(stream -> stream.enabled() && !stream.isChild()).toList();
            for (int sync = 0; sync < SETTLED_AFTER; sync++) {
                run.sync(all);
            }
            assertThat(linesOf(run, all)).singleElement().asString().startsWith("company_synced ")
                    .contains("records=0 changed=0 deleted=0").contains("streams=").contains("duration_ms=");
            sandbox.mutate(new Random(7), 20);
            List<String> changed = linesOf(run, all);
            assertThat(changed).filteredOn(line -> line.startsWith("company_synced ")).hasSize(1);
            assertThat(changed).filteredOn(line -> line.startsWith("pass_ended ")).isNotEmpty()
                    .allMatch(line -> !line.contains("records=0 changed=0 deleted=0"));
        }
    }

    private static List<String> linesOf(TestRun run, List<StreamDefinition> streams) {
        try (CapturedEvents events = CapturedEvents.ofAll()) {
            run.sync(streams);
            return events.lines();
        }
    }
}
