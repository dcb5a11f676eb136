package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.Audit;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A source that lies is noticed. What notices which lie: <ul> <li>an empty first list, told once: the second reading of
 * it; told twice: references, else the next sweep; <li>a list that ends before its end: the question for what follows
 * behind the last record; <li>a record that is left out of a first list: a reference to it, else the next sweep; <li>a
 * lost insert, update or delete event: the next sweep, or the reread; <li>an amount altered at one reading: the books'
 * own rules, in the next sync that lands something; <li>an amount altered at every reading: the same rules, which then
 * say so, and the trial balance; <li>a record that is always hidden: the reference to it, by the books' rules;
 * <li>another company's page: the landing, which refuses it; <li>an empty or cut sub-list: the sums of its parent, in
 * the same sync. </ul>
 */
@Tag("minutes")
@TestInstance(Lifecycle.PER_CLASS)
class LiesTest {

    private Installation here;
    private SandboxCompany company;
    private long struckBefore;

    @BeforeAll
    void sync(@TempDir Path home) {
        here = new Installation(
                SandboxOptions.defaults().withCompanies(2).withRecords(600).withRateLimit(RateLimit.OFF), home,
                Map.of("pennylane.rate.requests", "10000", "pennylane.rate.window", "1s", "archive.directory",
                        home.resolve("archive").toString()));
        company = here.sandbox.companies().get(0);
        here.sync();
    }

    @AfterAll
    void close() {
        here.close();
    }

    @BeforeEach
    void tellTheTruth() {
        here.sandbox.faults().clear();
        here.sync();
        assertThat(here.progress(company)).filteredOn(stream -> stream.outcome() == StreamOutcome.FAILED).isEmpty();
        assertThat(here.differences(company, here.streams())).isEmpty();
        sql("delete from pennylane_sync.missed");
        sql("delete from pennylane_sync.unannounced");
    }

    private void sql(String statement) {
        here.warehouse.jdbc().sql(statement).update();
    }

    /** As if nothing of the streams had ever been read. */
    private void forget(String... streams) {
        for (String stream : streams) {
            sql("delete from pennylane." + stream + " where company_id = " + company.id());
            for (String table : List.of("stream_state", "checkpoint", "batch", "record_version", "due")) {
                sql("delete from pennylane_sync." + table + " where stream in ('" + stream + "', 'changelogs." + stream
                        + "') and company_id = " + company.id());
            }
        }
        sql("delete from pennylane_sync.books_check");
        sql("delete from pennylane_sync.books_finding");
    }

    private void lie(FaultRule rule) {
        struckBefore = here.sandbox.faults().count(rule.kind());
        here.sandbox.faults().use(FaultPlan.of(rule.onCompany(company.id())));
    }

    private void sweep(String stream) {
        here.runtime.reader().sweep(company.id(), List.of(stream));
    }

    /** What was found is as old as events may be late, and the changelog is read again. */
    private List<Long> missed(String stream) {
        sql("update pennylane_sync.unannounced set found_at = found_at - interval '3 minutes'");
        here.sync();
        return here.warehouse.jdbc().sql("select record_id from pennylane_sync.missed where stream = ?").param(stream)
                .query(Long.class).list();
    }

    @Test
    void theTruthIsNoLie() {
        List<Long> companies = here.sandbox.companies().stream().map(SandboxCompany::id).toList();
        assertThat(here.warehouse.jdbc().sql("select distinct status from pennylane.fiscal_years").query(String.class)
                .list()).contains("open").hasSizeGreaterThan(1);
        for (Audit audit : List.of(Tables.of(here.warehouse.jdbc()).trialBalanceAudit(here.runtime.reader()),
                Tables.of(here.warehouse.jdbc()).fecAudit(here.runtime.reader()),
                Tables.of(here.warehouse.jdbc()).booksAudit(here.catalog, here.runtime::readDue))) {
            assertThat(audit.run(companies, here.streams(), false)).hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(result -> result.outcome() == AuditOutcome.EQUAL);
        }
        here.sandbox.mutate(new Random(11), 200);
        here.sync();
        here.catalog.roots().forEach(stream -> sweep(stream.name()));
        here.sync();
        assertThat(here.warehouse.jdbc().sql("select stream, record_id, found_by from pennylane_sync.unannounced")
                .query().listOfRows()).as("found by a sweep, and told by no event since").isEmpty();
        assertThat(here.warehouse.jdbc().sql("select stream, record_id, found_by from pennylane_sync.missed").query()
                .listOfRows()).isEmpty();
    }

    @Test
    void anEmptyFirstListIsReadTwice() {
        forget("products");
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath("/products").atMost(1));
        here.runtime.reader().refresh(company.id(), List.of("products"));
        assertThat(here.sandbox.faults().count(FaultKind.EMPTY_LIST)).isEqualTo(struckBefore + 1);
        assertThat(here.differences(company, here.streams("products"))).isEmpty();
    }

    @Test
    void aListThatIsCutGoesOnBehindItsLastRecord() {
        forget("products");
        lie(FaultRule.always(FaultKind.CUT_LIST).onPath("/products").atMost(1));
        here.runtime.reader().refresh(company.id(), List.of("products"));
        assertThat(here.sandbox.faults().count(FaultKind.CUT_LIST)).isEqualTo(struckBefore + 1);
        assertThat(here.differences(company, here.streams("products"))).isEmpty();
    }

    @Test
    void aListThatIsEmptyTwiceIsFoundByReferencesAndByTheNextSweep() {
        forget("products");
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath("/products").atMost(2));
        here.sync();
        sweep("products");
        assertThat(here.differences(company, here.streams("products"))).isEmpty();
        assertThat(missed("products")).isNotEmpty();
        assertThat(here.loggedEvents("changes_missed")).isPositive();
    }

    @Test
    void aRecordThatIsLeftOutOfAFirstListIsFoundByTheNextSweep() {
        forget("suppliers");
        lie(FaultRule.always(FaultKind.MISSING_ITEM).onPath("/suppliers").atMost(1));
        here.runtime.reader().refresh(company.id(), List.of("suppliers"));
        assertThat(here.differences(company, here.streams("suppliers"))).isNotEmpty();
        sweep("suppliers");
        assertThat(here.differences(company, here.streams("suppliers"))).isEmpty();
        assertThat(missed("suppliers")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"products, reprice_product", "products, remove_product", "products, insert_product"})
    void aLostEventIsFoundByTheNextSweep(String stream, String mutation) {
        String kind = here.sandbox.mutate(company.id(), new Random(5), mutation).orElseThrow().kind();
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath("/changelogs/" + stream));
        here.sync();
        assertThat(here.differences(company, here.streams(stream))).as(kind).isNotEmpty();
        sweep(stream);
        assertThat(here.differences(company, here.streams(stream))).isEmpty();
        assertThat(missed(stream)).hasSize(1);
    }

    @Test
    void aLostEventIsFoundByAReread() {
        here.sandbox.mutate(company.id(), new Random(5), "reprice_product").orElseThrow();
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath("/changelogs/products"));
        here.sync();
        Tables.of(here.warehouse.jdbc()).rereadAudit(here.catalog, 90, here.runtime::readDue)
                .run(List.of(company.id()), here.streams("products"), false);
        assertThat(here.differences(company, here.streams("products"))).isEmpty();
        assertThat(missed("products")).hasSize(1);
    }

    @Test
    void whatAnEventAnnouncesALittleLaterIsNotMissed() {
        here.sandbox.mutate(company.id(), new Random(5), "reprice_product").orElseThrow();
        sweep("products");
        assertThat(here.warehouse.jdbc().sql("select found_by from pennylane_sync.unannounced").query(String.class)
                .list()).containsExactly("sweep");
        assertThat(missed("products")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ledger_entry_lines", "customer_invoices", "supplier_invoices"})
    void anAmountThatIsAlteredAtOneReadingIsReadAgainInTheNextSync(String stream) {
        lie(FaultRule.always(FaultKind.ALTERED_AMOUNT).onPath("/" + stream).atMost(1));
        readAgain(stream, here.warehouse.jdbc().sql("select max(id) from pennylane." + stream
                + " where company_id = ? and deleted_at is null").param(company.id()).query(Long.class).single());
        assertThat(here.sandbox.faults().count(FaultKind.ALTERED_AMOUNT)).isEqualTo(struckBefore + 1);
        assertThat(here.differences(company, here.streams(stream))).as("the lie landed").isNotEmpty();
        here.sync();
        assertThat(here.differences(company, here.streams(stream))).isEmpty();
    }

    /** @param id of a sub-list its parent's */
    private void readAgain(String stream, long id) {
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id) values (" + company.id() + ", '" + stream
                + "', " + id + ", 0)");
        here.runtime.readDue(company.id(), List.of(stream));
    }

    @Test
    void anAmountThatIsAlteredAtEveryReadingIsToldByTheBooksAndTheTrialBalance() {
        long told = here.loggedEvents("books_differ");
        forget("ledger_entry_lines");
        lie(FaultRule.always(FaultKind.ALTERED_AMOUNT).onPath("/ledger_entry_lines"));
        here.sync();
        assertThat(here.loggedEvents("books_differ")).isGreaterThan(told);
        assertThat(Tables.of(here.warehouse.jdbc()).trialBalanceAudit(here.runtime.reader())
                .run(List.of(company.id()), here.streams(), false))
                .anyMatch(result -> result.outcome() == AuditOutcome.DIFFERENT);
        here.sandbox.faults().clear();
        sweep("ledger_entry_lines");
    }

    @Test
    void aRecordThatIsAlwaysHiddenIsSetAsideByItsReference() {
        forget("customers");
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath("/customers"));
        here.sync();
        here.sandbox.faults().clear();
        sweep("customers");
        assertThat(here.warehouse.jdbc().sql("select count(*) from pennylane_sync.quarantine where stream = 'customers'"
                + " and kind = 'RECORD' and reason = 'NOT_LISTED'").query(Long.class).single()).isPositive();
    }

    @Test
    void anotherCompanysPageIsRefused() {
        here.sandbox.faults().use(FaultPlan.of(FaultRule.always(FaultKind.FOREIGN_PAGE).onPath("/customers")
                .onCompany(company.id())));
        here.runtime.reader().sweep(here.sandbox.companies().get(1).id(), List.of("customers"));
        forget("customers");
        here.runtime.reader().refresh(company.id(), List.of("customers"));
        assertThat(here.sandbox.faults().count(FaultKind.FOREIGN_PAGE)).isPositive();
        assertThat(here.differences(company, here.streams("customers"))).as("nothing foreign landed")
                .allMatch(difference -> difference.endsWith("is missing"));
        assertThat(here.progress(company)).filteredOn(stream -> stream.stream().equals("customers"))
                .allMatch(stream -> stream.outcome() == StreamOutcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"customer_invoices, invoice_lines", "customer_invoices, payments",
            "customer_invoices, matched_transactions", "supplier_invoices, payments"})
    void aSubListThatIsShortAgainstItsParentIsReadAgainInTheSameSync(String parent, String list) {
        String child = parent + "_" + list;
        long invoice = here.warehouse.jdbc().sql("select c." + parent.replace("invoices", "invoice_id")
                + " from pennylane." + child + " c where company_id = ? and deleted_at is null limit 1")
                .param(company.id()).query(Long.class).single();
        String path = "/" + parent + "/" + invoice + "/" + list;
        lie(FaultRule.always(FaultKind.EMPTY_LIST).onPath(path).atMost(1));
        readAgain(child, invoice);
        assertThat(here.sandbox.faults().count(FaultKind.EMPTY_LIST)).isEqualTo(struckBefore + 1);
        assertThat(here.differences(company, here.streams(parent))).as("the lie landed").isNotEmpty();
        here.sync();
        assertThat(here.differences(company, here.streams(parent))).isEmpty();
    }
}
