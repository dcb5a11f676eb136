package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import org.junit.jupiter.api.Test;

/** The cutover: history from the data sharing, changes from before it, then the sweep that completes the records. */
class ShareSyncTest {

    @Test
    void aCompanyReachesLiveOverTheShareAndTheSameSyncCompletesItsRecords() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(2).withRateLimit(RateLimit.OFF));
                SandboxShare share = sandbox.openShare(ShareHome.options());
                Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, ShareRun.settings(share))) {
            run.sync();
            assertComplete(run);
            assertThat(warehouse.jdbc().sql("select distinct pass from pennylane_sync.batch"
                    + " where stream = 'ledger_entry_lines' order by 1").query(String.class).list())
                    .as("from the share first, then whole records from the list").containsExactly("history", "sweep");
            assertThat(warehouse.jdbc().sql("select distinct source from pennylane.ledger_entry_lines")
                    .query(String.class).list()).containsExactly("api");
            assertThat(warehouse.jdbc()
                    .sql("select count(*) from pennylane_sync.share_partition where state = 'DIFFERENT'")
                    .query(Long.class).single()).isZero();
            assertThat(warehouse.jdbc()
                    .sql("select distinct state from pennylane_sync.stream_state where stream = 'ledger_entry_lines'")
                    .query(String.class).list()).containsExactly("LIVE");

            assertThat(WarehouseTruth.differences(sandbox, warehouse, run.catalog.all().stream()
                    .filter(stream -> stream.enabled() && !stream.isShareOnly()).toList())).isEmpty();
            assertThat(
                    new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify().differences())
                    .isEmpty();
            assertThat(
                    warehouse.jdbc().sql("select count(*) from pennylane.analytical_ledger").query(Long.class).single())
                    .isPositive();
        }
    }

    private static void assertComplete(TestRun run) {
        assertThat(run.progress.all()).filteredOn(stream -> stream.outcome() != Progress.StreamOutcome.COMPLETE)
                .isEmpty();
    }

    static boolean isListed(StreamDefinition stream) {
        return stream.enabled() && !stream.isShareOnly();
    }
}
