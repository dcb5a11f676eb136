package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.pennylanesync.landing.state.Claim;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.FeedHabits;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of each proof one that is wrong: it is found by what is asked for all the same, told, used no more for that stream of
 * the company, and what it stood for is read.
 */
class SubListContradictionsTest {

    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withCompanies(1).withRecords(600).withRateLimit(RateLimit.OFF);
    private static final String APPENDICES = "customer_invoices_appendices";

    static Stream<Arguments> lies() {
        return Stream.of(
                arguments(Proof.FILTER, FaultRule.always(FaultKind.BLIND_FILTER),
                        List.of("categories", "customer_invoices", "supplier_invoices"),
                        List.of("customer_invoices_categories", "supplier_invoices_categories")),
                arguments(Proof.INCLUDE, FaultRule.always(FaultKind.CUT_INCLUDE), List.of("customer_invoices"),
                        List.of("customer_invoices_invoice_lines")),
                arguments(Proof.DERIVED, FaultRule.always(FaultKind.EMPTY_LIST).onPath("/customer_invoices/"),
                        List.of("customer_invoices", "supplier_invoices", "transactions"),
                        List.of("transactions_matched_invoices")));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aServerThatLiesIsFoundAndWhatTheProofStoodForIsRead(Proof proof, FaultRule lie, List<String> lists,
            List<String> subLists) {
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withFaults(FaultPlan.of(lie)));
                Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED);
                CapturedEvents events = CapturedEvents.ofAll()) {
            run.sync(streams(run, lists));
            assertGivenUp(warehouse, events, sandbox.companies().get(0).id(), proof, subLists);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams(run, subLists))).isEmpty();
        }
    }

    /** One event relabelled each invoice; that it has one more appendix no event told. */
    @Test
    void aSubListThatChangedWithoutItsParentIsFound() {
        FeedHabits quiet = new FeedHabits(true, false, 0, Duration.ofSeconds(30), 0);
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withFeeds(quiet)); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("sync.proof-trials", "1"));
                CapturedEvents events = CapturedEvents.ofAll()) {
            run.syncRequest = new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofDays(7));
            List<StreamDefinition> invoices = streams(run, List.of("customer_invoices"));
            run.sync(invoices);
            long company = sandbox.companies().get(0).id();
            mutate(sandbox, "join_appendix", 200);
            mutate(sandbox, "relabel_customer_invoice", 15);
            run.sync(invoices);
            assertGivenUp(warehouse, events, company, Proof.UNCHANGED, List.of(APPENDICES));
            mutate(sandbox, "relabel_customer_invoice", 400);
            run.sync(invoices);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams(run, List.of(APPENDICES)))).isEmpty();
        }
    }

    /** That a sub-list is as it was rests on what was proven of it before, and falls with that. */
    @Test
    void whatIsUnchangedFallsWithTheProofBefore() {
        try (Warehouse warehouse = TestWarehouse.ready()) {
            SubListProofs proofs = new SubListProofs(warehouse.jdbc());
            proofs.note(1, APPENDICES, new Claim(Proof.DERIVED, Map.of(1L, 5L), Map.of(2L, "")));
            proofs.note(1, APPENDICES, new Claim(Proof.UNCHANGED, Map.of(1L, 6L), Map.of()));
            assertThat(proofs.settle(1, APPENDICES, List.of(2L), 7, watched -> true))
                    .containsExactly(new SubListProofs.Contradiction(Proof.DERIVED, 2, 1));
            assertThat(warehouse.jdbc().sql("select id from pennylane_sync.due").query(Long.class).list())
                    .containsExactly(1L);
        }
    }

    /**
     * What was derived is read as it was, and written anew because its source is another; what waits to be read is
     * changed by an event before it is. Neither proof was wrong.
     */
    @Test
    void aProofThatWasRightIsNotGivenUp() {
        try (Sandbox sandbox = Sandbox.start(OPTIONS); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("sync.proof-trials", "0"))) {
            run.syncRequest = new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofDays(7));
            List<StreamDefinition> lists = streams(run, List.of("categories", "customer_invoices", "supplier_invoices",
                    "transactions"));
            run.sync(lists);
            assertThat(warehouse.jdbc().sql("""
                    update pennylane_sync.proven_sub_list p set proof = 'unchanged', watched = true, expected = null
                    where proof = 'derived' and exists (select 1 from pennylane.transactions_matched_invoices m
                        where m.transaction_id = p.parent_id and m.source = 'derived')""").update()).isPositive();
            warehouse.jdbc().sql("""
                    insert into pennylane_sync.proven_sub_list (company_id, stream, parent_id, proof, watched, expected)
                    select i.company_id, 'customer_invoices_categories', i.id, 'filter', true, ''
                    from pennylane.customer_invoices i where not exists (
                        select 1 from pennylane.customer_invoices_categories c where c.customer_invoice_id = i.id)
                    on conflict (company_id, stream, parent_id) do update set watched = true, expected = ''""")
                    .update();
            warehouse.jdbc().sql("""
                    insert into pennylane_sync.due (company_id, stream, id, batch_id)
                    select company_id, stream, parent_id, 0 from pennylane_sync.proven_sub_list where watched""")
                    .update();
            mutate(sandbox, "allocate_customer_invoice", 60);
            run.sync(lists);
            assertThat(warehouse.jdbc().sql("select stream || ' ' || proof from pennylane_sync.sub_list_proof"
                    + " where contradicted_at is not null").query(String.class).list()).isEmpty();
        }
    }

    private static void mutate(Sandbox sandbox, String kind, int times) {
        Random random = new Random(times);
        for (int i = 0; i < times; i++) {
            sandbox.mutate(sandbox.companies().get(0).id(), random, kind);
        }
    }

    private static void assertGivenUp(Warehouse warehouse, CapturedEvents events, long company, Proof proof,
            List<String> subLists) {
        assertThat(warehouse.jdbc().sql("select stream from pennylane_sync.sub_list_proof where proof = ?"
                + " and contradicted_at is not null order by 1").param(proof.label()).query(String.class).list())
                .containsExactlyElementsOf(subLists);
        for (String stream : subLists) {
            assertThat(events.lines()).filteredOn(line -> line.startsWith("sub_list_proof_contradicted company="
                    + company + " stream=" + stream + " proof=" + proof.label())).hasSize(1);
            assertThat(new SubListProofs(warehouse.jdbc()).isUsable(company, stream, proof)).isFalse();
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.proven_sub_list where stream = ?"
                    + " and proof = ?").params(stream, proof.label()).query(Long.class).single()).isZero();
        }
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.due").query(Long.class).single())
                .as("what it stood for is read").isZero();
    }

    private static List<StreamDefinition> streams(TestRun run, List<String> names) {
        return names.stream().map(name -> run.catalog.find(name).orElseThrow()).toList();
    }
}
