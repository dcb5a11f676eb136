package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.BooksAudit;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.token.Company;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the books contradict is found, read again at once, and told if it is so all the same. */
@TestInstance(Lifecycle.PER_CLASS)
class BooksAuditTest {

    private Installation here;
    private Company company;
    private BooksAudit audit;

    @BeforeAll
    void sync(@TempDir Path home) {
        here = new Installation(SandboxOptions.defaults().withCompanies(2).withRecords(600).withRateLimit(RateLimit.OFF),
                home, Map.of("pennylane.rate.requests", "10000", "pennylane.rate.window", "1s"));
        company = here.company(here.sandbox.companies().get(0));
        audit = Tables.of(here.warehouse.jdbc()).booksAudit(here.catalog, here.runtime::readDue);
        here.sync();
    }

    @AfterAll
    void close() {
        here.close();
    }

    private Map<String, AuditOutcome> different(boolean repair) {
        return audit.run(here.sandbox.companies().stream().map(one -> one.id()).toList(), here.streams(), repair)
                .stream().filter(result -> result.outcome() != AuditOutcome.EQUAL)
                .collect(Collectors.toMap(result -> result.stream() + " " + result.part() + result.note(),
                        AuditResult::outcome));
    }

    @Test
    void booksThatAreReadAgree() {
        assertThat(audit.run(List.of(company.id()), here.streams(), false)).hasSizeGreaterThan(30)
                .allMatch(result -> result.outcome() == AuditOutcome.EQUAL);
        here.sandbox.mutate(new Random(7), 400);
        here.sync();
        assertThat(different(false)).isEmpty();
        assertThat(here.loggedEvents("books_differ")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ledger_entry_lines|debit = coalesce(debit, 0) + 0.01|ledger_entries unbalanced",
            "ledger_entry_lines|deleted_at = now()|ledger_entries unbalanced",
            "ledger_entries|deleted_at = now()|ledger_entry_lines without ledger entry",
            "ledger_accounts|deleted_at = now()|ledger_entry_lines without ledger account",
            "customers|deleted_at = now()|customer_invoices without customer",
            "customer_invoices|deleted_at = now()|customer_invoices_invoice_lines without their customer invoice",
            "customer_invoices_invoice_lines|currency_amount = currency_amount + 1|customer_invoices not the sum"})
    void whatIsAlteredHereIsNamed(String table, String change, String found) {
        String before = "pennylane_sync.kept_" + table;
        here.warehouse.jdbc().sql("create table " + before + " as select * from pennylane." + table + " where company_id = "
                + company.id()).update();
        try {
            here.warehouse.jdbc().sql("update pennylane." + table + " set " + change
                    + " where company_id = ? and id in (select " + referenced(table) + ")")
                    .params(company.id(), company.id()).update();
            assertThat(different(false).keySet()).anyMatch(result -> result.startsWith(found));
        } finally {
            here.warehouse.jdbc().sql("delete from pennylane." + table + " where company_id = ?").param(company.id())
                    .update();
            here.warehouse.jdbc().sql("insert into pennylane." + table + " select * from " + before).update();
            here.warehouse.jdbc().sql("drop table " + before).update();
        }
        assertThat(different(false)).isEmpty();
    }

    /** A record that others refer to. */
    private static String referenced(String table) {
        return switch (table) {
            case "ledger_accounts" -> "min(ledger_account_id) from pennylane.ledger_entry_lines where company_id = ?";
            case "customers" -> "min(customer_id) from pennylane.customer_invoices where company_id = ?";
            case "customer_invoices" ->
                "min(customer_invoice_id) from pennylane.customer_invoices_invoice_lines where company_id = ?";
            default -> "min(id) from pennylane." + table + " where company_id = ? and deleted_at is null";
        };
    }
}
