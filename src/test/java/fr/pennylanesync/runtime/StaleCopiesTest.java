package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StaleCopies;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy may be read before the record that it is of, and that may change in between. */
class StaleCopiesTest {

    private static final String COPIES = "supplier_invoices_matched_transactions";

    @Test
    void aCopyThatIsOlderThanTheFirstReadingOfAChangedRecordBecomesDue() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(60)
                .withRateLimit(RateLimit.OFF)); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            run.sync(run.catalog.find("supplier_invoices").stream().toList());
            long company = sandbox.companies().get(0).id();
            List<Long> holders = warehouse.jdbc().sql("select distinct supplier_invoice_id from pennylane." + COPIES)
                    .query(Long.class).list();
            assertThat(holders).isNotEmpty();
            run.sync(run.catalog.find("transactions").stream().toList());
            warehouse.jdbc().sql("delete from pennylane_sync.due").update();

            assertThat(dueAfterReading(warehouse, run, company, "2024-01-01")).as("what changed long ago").isEmpty();
            assertThat(dueAfterReading(warehouse, run, company, "now")).as("what changed since the copies were read")
                    .containsExactlyInAnyOrderElementsOf(holders);
        }
    }

    /** @param changed when the transactions say that they changed last */
    private static List<Long> dueAfterReading(Warehouse warehouse, TestRun run, long company, String changed) {
        warehouse.jdbc().sql("update pennylane.transactions set updated_at = ?::timestamptz").param(changed).update();
        warehouse.jdbc().sql("insert into pennylane_sync.stale_copy (company_id, stream, batch_id)"
                + " select distinct company_id, 'transactions', batch_id from pennylane.transactions"
                + " on conflict do nothing").update();
        new StaleCopies(warehouse.jdbc()).follow(company, run.catalog);
        return warehouse.jdbc().sql("select id from pennylane_sync.due where stream = ?").param(COPIES)
                .query(Long.class).list();
    }
}
