package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An event that shows in no field of its invoice was for one of the sub-lists: they are asked for one after the other,
 * and the one that has changed leaves the others as they were.
 */
class ReasonSearchTest {

    private static final String CATEGORIES = "categories";
    private static final String APPENDICES = "appendices";
    private static final String PAYMENTS = "payments";
    private static final String MATCHES = "matched_transactions";

    private final Random random = new Random(1);
    private Sandbox sandbox;
    private Warehouse warehouse;
    private TestRun run;
    private List<StreamDefinition> invoices;
    private long company;

    @BeforeEach
    void readAllOnce() {
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(1).withRecords(600).withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
        company = sandbox.companies().get(0).id();
        start(0);
        invoices = List.of(stream("customer_invoices"));
        run.sync(invoices);
    }

    private void start(int trials) {
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED,
                Map.of("sync.proof-trials", Integer.toString(trials)));
        run.syncRequest = new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofDays(7));
    }

    @AfterEach
    void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    @Test
    void whatHasChangedLeavesTheOthersAsTheyWere() {
        mutate("allocate_customer_invoice");
        assertThat(asked()).containsExactly(CATEGORIES);
        mutate("join_appendix");
        assertThat(asked()).containsExactly(CATEGORIES, APPENDICES);
        assertTrueAndSettled();
    }

    /** The line came along with the invoice, and here it was another one. */
    @Test
    void aLineThatHasChangedLeavesAllSubListsAsTheyWere() {
        long invoice = mutate("join_appendix");
        assertThat(warehouse.jdbc().sql("update pennylane.customer_invoices_invoice_lines"
                + " set payload = jsonb_set(payload, '{label}', '\"before\"'), record_hash = sha256('before')"
                + " where customer_invoice_id = ?").param(invoice).update()).isPositive();
        assertThat(asked()).isEmpty();
    }

    /** The change is here already: what the event was for is looked for in all of them. */
    @Test
    void whereNoneHasChangedAllAreAskedFor() {
        long invoice = mutate("join_appendix");
        makeDue(APPENDICES, invoice);
        run.sync(List.of(stream("customer_invoices_appendices")));
        assertThat(asked()).startsWith(CATEGORIES, APPENDICES).containsExactlyInAnyOrder(CATEGORIES, APPENDICES,
                PAYMENTS, MATCHES);
        assertTrueAndSettled();
    }

    /** What it shows may be the reason of something else. */
    @Test
    void aSubListThatWasDueAlreadyExplainsNothing() {
        long invoice = mutate("allocate_customer_invoice");
        makeDue(CATEGORIES, invoice);
        assertThat(asked()).containsExactlyInAnyOrder(CATEGORIES, APPENDICES, PAYMENTS, MATCHES);
        assertTrueAndSettled();
    }

    /** Each of two events may have been for another sub-list. */
    @Test
    void twoEventsAreNotSearchedFor() {
        long invoice = mutate("allocate_customer_invoice", new Random(5));
        assertThat(mutate("join_appendix", new Random(5))).isEqualTo(invoice);
        assertThat(asked()).containsExactlyInAnyOrder(CATEGORIES, APPENDICES, PAYMENTS, MATCHES);
        assertTrueAndSettled();
    }

    /** The second change is not searched for; that it is there is found by what is asked for all the same. */
    @Test
    void twoChangesThatOneEventTellsEndTheProof() {
        run.close();
        start(1);
        long invoice = mutate("allocate_customer_invoice", new Random(5));
        assertThat(mutate("join_appendix", new Random(5))).isEqualTo(invoice);
        forgetTheSecondEvent();
        assertThat(asked()).contains(CATEGORIES, APPENDICES);
        assertThat(warehouse.jdbc().sql("select stream from pennylane_sync.sub_list_proof"
                + " where proof = 'unchanged' and contradicted_at is not null").query(String.class).list())
                .containsExactly("customer_invoices_appendices");
        assertTrueAndSettled();
    }

    /** Makes the events of an invoice one. */
    private void forgetTheSecondEvent() {
        warehouse.jdbc().sql("""
                create function pennylane_sync.of_one_event() returns trigger language plpgsql as
                    'begin new.events := least(new.events, 1); return new; end'""").update();
        warehouse.jdbc().sql("create trigger of_one_event before insert or update on pennylane_sync.due"
                + " for each row execute function pennylane_sync.of_one_event()").update();
    }

    @Test
    void whatWaitsForAStreamThatIsReadNoMoreIsReadAtOnce() {
        long invoice = warehouse.jdbc().sql("select min(id) from pennylane.customer_invoices").query(Long.class)
                .single();
        makeDue("installments", invoice);
        makeDue(PAYMENTS, invoice);
        warehouse.jdbc().sql("update pennylane_sync.due set waits_for = 'customer_invoices_installments'"
                + " where stream = 'customer_invoices_payments'").update();
        warehouse.jdbc().sql("insert into pennylane_sync.stream_state (company_id, stream, state)"
                + " values (?, 'customer_invoices_installments', 'LIVE') on conflict do nothing").param(company)
                .update();
        assertThat(asked()).containsExactly(PAYMENTS);
    }

    private StreamDefinition stream(String name) {
        return run.catalog.find(name).orElseThrow();
    }

    /**
     * Changes one invoice.
     *
     * @return which one
     */
    private long mutate(String kind) {
        return mutate(kind, random);
    }

    private long mutate(String kind, Random random) {
        return sandbox.mutate(company, random, kind).orElseThrow().touches().stream()
                .filter(touch -> touch.stream().equals("customer_invoices")).map(Mutation.Touch::recordId).findFirst()
                .orElseThrow();
    }

    private void makeDue(String subList, long invoice) {
        new DueList(warehouse.jdbc()).addByHand(company, "customer_invoices_" + subList, invoice);
    }

    /** Syncs, and returns which sub-lists were asked for, in their order. */
    private List<String> asked() {
        sandbox.requests().clear();
        run.sync(invoices);
        return sandbox.requests().all().stream().map(LoggedRequest::path)
                .filter(path -> path.matches(".*/customer_invoices/\\d+/.*"))
                .map(path -> path.substring(path.lastIndexOf('/') + 1)).toList();
    }

    private void assertTrueAndSettled() {
        assertThat(WarehouseTruth.differences(sandbox, warehouse, run.catalog.childrenOf("customer_invoices").stream()
                .filter(StreamDefinition::enabled).toList())).isEmpty();
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.due"
                + " where stream like 'customer_invoices%'").query(Long.class).single()).isZero();
    }
}
