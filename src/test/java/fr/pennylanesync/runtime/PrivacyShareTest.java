package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.privacy.Person;
import fr.pennylanesync.privacy.PersonErasure;
import fr.pennylanesync.sandbox.Canaries;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of the data sharing are ruled as records of the API are, and are proven to be what the share has. */
@Tag("minutes")
class PrivacyShareTest {

    private static final Canaries CANARIES =
            new Canaries("NAMECANARY", "LABELCANARY", "canary@canary.example", "FR7612345000010000000000097");

    @Test
    void aHistoryOfTheShareIsRuledAndItsDigestHolds() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF)
                .withCanaries(CANARIES)); SandboxShare share = sandbox.openShare(
                        ShareHome.options());
                Warehouse warehouse = TestWarehouse.ready()) {
            Map<String, String> settings = ShareRun.settings(share);
            try (TestRun kept = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings)) {
                kept.sync(kept.catalog.find("analytical_ledger").stream().toList());
                assertThat(labels(warehouse, "analytical_ledger")).isPositive();
            }
            settings.put("privacy.personal-data", "hash");
            settings.put("privacy.hash-key", "a key that nobody can guess, of 40 characters");
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings)) {
                assertThat(labels(warehouse, "analytical_ledger")).as("rewritten").isZero();
                run.sync();
                assertThat(count(warehouse, "pennylane_sync.share_partition where state = 'DIFFERENT'")).isZero();
                assertThat(count(warehouse, "pennylane_sync.batch where stream = 'ledger_entry_lines'"
                        + " and pass = 'history'")).isPositive();
                assertThat(labels(warehouse, "ledger_entry_lines") + labels(warehouse, "analytical_ledger")).isZero();
                assertThat(count(warehouse, "pennylane_sync.record_version where payload::text like '%@canary.%'"))
                        .isZero();
                assertThat(count(warehouse, "pennylane.customers where source = 'share' or payload::text like"
                        + " '%@canary.%'")).isZero();

                long supplier =
                        warehouse.jdbc().sql("select min(id) from pennylane.suppliers").query(Long.class).single();
                new PersonErasure(warehouse, new StreamStates(warehouse.jdbc()), run.catalog)
                        .erase(sandbox.companies().get(0).id(), new Person("supplier", supplier));
                long written = count(warehouse, "pennylane_sync.record_version where stream = 'analytical_ledger'");
                run.syncRequest = new SyncRequest(Optional.of(PassKind.SWEEP), true, Duration.ofDays(9_999),
                        Duration.ofDays(9_999));
                run.sync();
                assertThat(count(warehouse, "pennylane_sync.record_version where stream = 'analytical_ledger'"))
                        .as("what is read again is what stands here").isEqualTo(written);
                assertThat(warehouse.jdbc().sql("select name from pennylane.suppliers where id = ?").param(supplier)
                        .query(String.class).optional()).as("stays erased").isEmpty();
                assertThat(new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify()
                        .differences()).isEmpty();
            }
        }
    }

    private static long labels(Warehouse warehouse, String stream) {
        return count(warehouse, "pennylane." + stream + " where concat(payload ->> 'label', payload ->>"
                + " 'document_label', payload ->> 'plan_item_label', label) like '%CANARY%'");
    }

    private static long count(Warehouse warehouse, String from) {
        return warehouse.jdbc().sql("select count(*) from " + from).query(Long.class).single();
    }
}
