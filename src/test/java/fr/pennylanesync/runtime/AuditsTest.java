package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.BooksAudit;
import fr.pennylanesync.audit.FecAudit;
import fr.pennylanesync.audit.RereadAudit;
import fr.pennylanesync.audit.TrialBalanceAudit;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.export.FecForm;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs from the books' own rules, or from Pennylane's own totals, is found and read again. */
@TestInstance(Lifecycle.PER_CLASS)
class AuditsTest {

    /** As if the record had been read so. */
    private static final String READ_WRONG =
            ", record_hash = sha256('wrong'), payload = payload || '{\"wrong\": true}'";

    private Installation here;
    private SandboxCompany company;
    private BooksAudit audit;

    @BeforeAll
    void sync(@TempDir Path home) {
        here = new Installation(
                SandboxOptions.defaults().withCompanies(1).withRecords(120).withRateLimit(RateLimit.OFF), home,
                Map.of("pennylane.rate.requests", "10000", "pennylane.rate.window", "1s", "archive.directory",
                        home.resolve("archive").toString()));
        company = here.sandbox.companies().get(0);
        audit = Tables.of(here.warehouse.jdbc()).booksAudit(here.catalog, here.runtime::readDue);
        here.sync();
    }

    @AfterAll
    void close() {
        here.close();
    }

    private Map<String, AuditOutcome> found(boolean repair) {
        return audit.run(here.sandbox.companies().stream().map(SandboxCompany::id).toList(), here.streams(), repair)
                .stream().filter(result -> result.outcome() != AuditOutcome.EQUAL)
                .collect(Collectors.toMap(result -> result.stream() + " " + result.part(), AuditResult::outcome,
                        (one, other) -> one));
    }

    private void update(String table, String change) {
        here.warehouse.jdbc().sql("update pennylane." + table + " set " + change
                + " where company_id = ? and id in (select " + referenced(table) + ")")
                .params(company.id(), company.id()).update();
    }

    /** A record that others refer to. */
    private static String referenced(String table) {
        return switch (table) {
            case "ledger_accounts" -> "min(ledger_account_id) from pennylane.ledger_entry_lines where company_id = ?";
            case "journals" -> "min(journal_id) from pennylane.ledger_entries where company_id = ?";
            case "customers" -> "min(customer_id) from pennylane.customer_invoices where company_id = ?";
            case "customer_invoices" -> "min(customer_invoice_id)"
                    + " from pennylane.customer_invoices_payments where company_id = ?";
            case "ledger_entries" -> "min(ledger_entry_id) from pennylane.ledger_entry_lines where company_id = ?";
            // What changed last may yet be announced.
            case "customer_invoices_payments" -> "p.id from pennylane.customer_invoices_payments p"
                    + " join pennylane.customer_invoices i on i.company_id = p.company_id"
                    + " and i.id = p.customer_invoice_id where p.company_id = ?"
                    + " and p.deleted_at is null order by i.updated_at, p.id limit 1";
            default -> "id from pennylane." + table
                    + " where company_id = ? and deleted_at is null order by updated_at, id limit 1";
        };
    }

    private long told() {
        return here.warehouse.jdbc().sql("select count(*) from pennylane_sync.books_finding where told_at is not null")
                .query(Long.class).single();
    }

    @Test
    void booksThatAreReadAgree() {
        assertThat(audit.run(List.of(company.id()), here.streams(), false)).hasSizeGreaterThan(30)
                .allMatch(result -> result.outcome() == AuditOutcome.EQUAL);
        here.sandbox.mutate(new Random(7), 400);
        here.sync();
        assertThat(found(false)).isEmpty();
        assertThat(told()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ledger_entry_lines|debit = coalesce(debit, 0) + 0.01|ledger_entries unbalanced",
            "ledger_entry_lines|deleted_at = now()|ledger_entries unbalanced",
            "ledger_entry_lines|ledger_entry_id = 1|ledger_entry_lines without ledger entry",
            "ledger_entries|deleted_at = now()|ledger_entry_lines without ledger entry",
            "ledger_accounts|deleted_at = now()|ledger_entry_lines without ledger account",
            "journals|deleted_at = now()|ledger_entries without journal",
            "customers|deleted_at = now()|customer_invoices without customer",
            "customer_invoices|deleted_at = now()|customer_invoices_payments without their customer invoice",
            "customer_invoices|currency_amount = currency_amount + 5|customer_invoices not the sum of its lines",
            "customer_invoices_invoice_lines|deleted_at = now()|customer_invoices not the sum of its lines"})
    void whatIsReadWrongIsNamedAndReadAgain(String table, String change, String finding) {
        update(table, change + READ_WRONG);
        assertThat(found(false)).containsEntry(finding, AuditOutcome.DIFFERENT);
        if (table.equals("journals")) {
            here.warehouse.jdbc().sql("update pennylane.journals set deleted_at = null").update();
        }
        assertThat(found(true)).doesNotContainValue(AuditOutcome.DIFFERENT);
        assertThat(found(false)).isEmpty();
    }

    /** What was landed since the rules were tried is tried at once, and everything once a day. */
    @ParameterizedTest
    @ValueSource(strings = {"batch_id = (select min(batch_id) - 1 from pennylane.ledger_entry_lines)",
            "whole_at = now() - interval '25 hours'"})
    void theSameSyncReadsAgainWhatItFinds(String since) {
        update("ledger_entry_lines", "debit = coalesce(debit, 0) + 0.01" + READ_WRONG);
        here.sandbox.mutate(company.id(), new Random(3), 5);
        here.sync();
        assertThat(found(false)).as("nobody read it since").isNotEmpty();
        here.warehouse.jdbc().sql("delete from pennylane_sync.books_finding").update();
        here.warehouse.jdbc().sql("update pennylane_sync.books_check set " + since).update();
        here.sandbox.mutate(company.id(), new Random(4), 5);
        here.sync();
        assertThat(found(false)).isEmpty();
        assertThat(here.differences(company, here.streams("ledger_entry_lines"))).isEmpty();
    }

    @Test
    void whatIsSoAllTheSameIsToldOnceAndEndsByItself() {
        long logged = here.loggedEvents("books_differ");
        update("customers", "deleted_at = now()" + READ_WRONG);
        here.warehouse.jdbc().sql("delete from pennylane_sync.books_check").update();
        BooksAudit.Tried tried = audit.ask(company.id()).orElseThrow();
        // Pennylane did not hand it out.
        here.warehouse.jdbc().sql("delete from pennylane_sync.due").update();
        audit.tell(company.id(), tried);
        assertThat(told()).isPositive();
        assertThat(here.loggedEvents("books_differ")).isGreaterThan(logged);
        assertThat(audit.ask(company.id())).as("nothing was landed since").isEmpty();
        found(true);
        assertThat(told()).isZero();
        assertThat(here.loggedEvents("books_agree_again")).isPositive();
    }

    @Test
    void theTrialBalanceAgreesAndFindsACent() {
        TrialBalanceAudit totals = Tables.of(here.warehouse.jdbc()).trialBalanceAudit(here.runtime.reader());
        assertThat(totals.run(List.of(company.id()), here.streams(), false)).hasSizeGreaterThanOrEqualTo(4)
                .allMatch(result -> result.outcome() == AuditOutcome.EQUAL)
                .anyMatch(result -> result.part().endsWith("by root account") && result.warehouseRows() > 3);
        update("ledger_entry_lines", "debit = coalesce(debit, 0) + 0.01" + READ_WRONG);
        List<AuditResult> different = totals.run(List.of(company.id()), here.streams(), false).stream()
                .filter(result -> result.outcome() == AuditOutcome.DIFFERENT).toList();
        assertThat(different).extracting(AuditResult::differing).as("the year twice, and its month").containsExactly(1L,
                1L, 1L);
        assertThat(different.get(2).part()).containsPattern("-01\\.\\..* by account");
        assertThat(different.get(0).note()).containsPattern("ledger accounts \\d+$");
        assertThat(totals.run(List.of(company.id()), here.streams(), true)).extracting(AuditResult::outcome)
                .contains(AuditOutcome.REPAIRED).doesNotContain(AuditOutcome.DIFFERENT, AuditOutcome.FAILED);
        assertThat(found(false)).isEmpty();
    }

    /** No data sharing shows the company. */
    @Test
    void theTrialBalanceIsLandedFromTheApi() {
        assertThat(here.warehouse.jdbc().sql("""
                select y.start from pennylane.fiscal_years y
                left join pennylane.ledger_entry_lines l on l.company_id = y.company_id and l.deleted_at is null
                    and l.date between y.start and y.finish
                where y.company_id = ? group by y.company_id, y.start having coalesce(sum(l.debit), 0) <> (
                    select coalesce(sum(t.debits), 0) from pennylane.trial_balance t where t.deleted_at is null
                    and t.company_id = y.company_id and t.fiscal_period_start = y.start and t.source = 'api')""")
                .param(company.id()).query().listOfRows()).isEmpty();
        assertThat(here.warehouse.jdbc().sql("select count(*) from pennylane.trial_balance where balance"
                + " = debits - credits and plan_item_id is null and label is not null").query(Long.class).single())
                .isGreaterThan(10);
        assertThat(here.progress(company)).filteredOn(stream -> stream.stream().equals("trial_balance"))
                .allMatch(stream -> stream.outcome() == StreamOutcome.COMPLETE);
    }

    @Test
    void theFileOfAccountingEntriesAgreesAndFindsACent() {
        FecAudit entries = Tables.of(here.warehouse.jdbc()).fecAudit(here.runtime.reader());
        assertThat(entries.run(List.of(company.id()), here.streams(), false)).hasSizeGreaterThanOrEqualTo(2)
                .allMatch(result -> result.outcome() == AuditOutcome.EQUAL)
                .anyMatch(result -> result.sourceRows() > 100);
        update("ledger_entry_lines", "debit = coalesce(debit, 0) + 0.01" + READ_WRONG);
        assertThat(entries.run(List.of(company.id()), here.streams(), false))
                .filteredOn(result -> result.outcome() == AuditOutcome.DIFFERENT).singleElement()
                .satisfies(result -> assertThat(List.of(result.missing(), result.surplus())).containsExactly(1L, 1L));
        assertThat(entries.run(List.of(company.id()), here.streams(), true)).extracting(AuditResult::outcome)
                .contains(AuditOutcome.REPAIRED).doesNotContain(AuditOutcome.DIFFERENT, AuditOutcome.FAILED);
    }

    static Stream<FecForm> formsOfTheLaw() {
        return Stream.of(FecForm.USUAL, new FecForm('|', StandardCharsets.UTF_8, "\n", false, false, false),
                new FecForm('\t', Charset.forName("ISO-8859-15"), "\r\n", true, true, false),
                new FecForm('|', Charset.forName("ISO-8859-15"), "\n", false, true, false),
                new FecForm('|', StandardCharsets.UTF_8, "\r\n", true, false, true));
    }

    @Tag("minutes")
    @ParameterizedTest
    @MethodSource("formsOfTheLaw")
    void everyFormOfTheFileAgrees(FecForm form) {
        here.sandbox.writeFecs(form);
        try {
            assertThat(Tables.of(here.warehouse.jdbc()).fecAudit(here.runtime.reader()).run(List.of(company.id()),
                    here.streams(), false)).hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(result -> result.outcome() == AuditOutcome.EQUAL)
                    .anyMatch(result -> result.sourceRows() > 30);
        } finally {
            here.sandbox.writeFecs(FecForm.USUAL);
        }
    }

    private RereadAudit rereads(int days) {
        return Tables.of(here.warehouse.jdbc()).rereadAudit(here.catalog, days, here.runtime::readDue);
    }

    private long missed(String stream) {
        return here.warehouse.jdbc().sql("select count(*) from pennylane_sync.missed where stream = ?").param(stream)
                .query(Long.class).single();
    }

    @Test
    void aRereadFindsWhatNoEventAnnounced() {
        assertThat(rereads(90).run(List.of(company.id()), here.streams(), false)).hasSizeGreaterThan(20)
                .allMatch(result -> result.outcome() == AuditOutcome.EQUAL && result.sourceRows() > 0);
        update("ledger_entry_lines", "debit = coalesce(debit, 0) + 0.01" + READ_WRONG);
        update("customer_invoices_payments", "currency_amount = currency_amount + 0.01" + READ_WRONG);
        assertThat(rereads(90).run(List.of(company.id()), here.streams(), false))
                .filteredOn(result -> result.outcome() != AuditOutcome.EQUAL).extracting(AuditResult::stream)
                .containsExactlyInAnyOrder("ledger_entry_lines", "customer_invoices_payments");
        assertThat(missed("ledger_entry_lines")).isPositive();
        assertThat(here.loggedEvents("changes_missed")).isPositive();
        assertThat(here.differences(company, here.streams("ledger_entry_lines", "customer_invoices"))).isEmpty();
    }

    @Test
    void everyRecordHasItsHour() {
        RereadAudit rereads = rereads(1);
        rereads.ask(company.id());
        here.warehouse.jdbc().sql("update pennylane_sync.reread_progress set hour = hour - 24"
                + " where stream = 'ledger_entry_lines'").update();
        long lines = here.warehouse.jdbc().sql("select count(*) from pennylane.ledger_entry_lines"
                + " where deleted_at is null").query(Long.class).single();
        rereads.ask(company.id());
        assertThat(asked()).isEqualTo(lines);
        here.runtime.readDue(company.id(), List.of("ledger_entry_lines"));
        rereads.tell(company.id());
        assertThat(asked()).isZero();
    }

    private long asked() {
        return here.warehouse.jdbc().sql("select count(*) from pennylane_sync.reread"
                + " where stream = 'ledger_entry_lines'").query(Long.class).single();
    }

    @Test
    void withoutTheScopeTheTrialBalanceIsSkipped() {
        TrialBalanceAudit totals = Tables.of(here.warehouse.jdbc()).trialBalanceAudit(here.runtime.reader());
        here.sandbox.setScopes(company.id(),
                Sandbox.ALL_SCOPES.stream().filter(scope -> !scope.startsWith("trial_balance")).toList());
        try {
            assertThat(totals.run(List.of(company.id()), here.streams(), false)).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.SKIPPED);
        } finally {
            here.sandbox.setScopes(company.id(), Sandbox.ALL_SCOPES);
        }
    }

    @Test
    void aStreamThatIsNotCompleteIsNoContradiction() {
        update("ledger_entries", "deleted_at = now()" + READ_WRONG);
        here.warehouse.jdbc().sql("update pennylane_sync.stream_state set error_code = 'SERVER_ERROR'"
                + " where stream = 'ledger_entries'").update();
        assertThat(found(false)).containsValue(AuditOutcome.SKIPPED).doesNotContainValue(AuditOutcome.DIFFERENT);
        here.warehouse.jdbc().sql("update pennylane_sync.stream_state set error_code = null").update();
        assertThat(found(true)).containsValue(AuditOutcome.REPAIRED);
    }
}
