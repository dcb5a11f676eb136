package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.Caller;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share says of each record what the API says, asked over HTTP: at first, and after many changes of every kind. */
class ShareContentTest {

    private static final int COMPANIES = 2;
    private static final int CHANGES = 400;

    private static Sandbox sandbox;
    private static ShareReader reader;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(COMPANIES).withRateLimit(RateLimit.OFF)
                .withAwkwardText(true));
        SandboxShare share = sandbox.openShare(ShareHome.options().withLag(Duration.ofDays(365)));
        sandbox.mutate(new Random(7), CHANGES);
        share.copy();
        reader = ShareReader.of(share);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    /** Columns of the share, and where the API says the same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "general_ledger | /ledger_entry_lines | date=date debit=debit credit=credit"
                    + " plan_item_number=ledger_account.number",
            "customers | /customers | name=name registration_number=reg_no city=billing_address.city "
                    + "updated_at=updated_at",
            "suppliers | /suppliers | name=name registration_number=reg_no vat_number=vat_number "
                    + "city=postal_address.city",
            "customer_invoices | /customer_invoices | issue_date=date deadline=deadline"
                    + " customer_id=customer.id amount_eur=amount"
                    + " currency=currency invoice_number=invoice_number is_paid=paid created_at=created_at"
                    + " updated_at=updated_at",
            "supplier_invoices | /supplier_invoices | issue_date=date deadline=deadline"
                    + " supplier_id=supplier.id amount_eur=amount"
                    + " currency=currency invoice_number=invoice_number is_paid=paid created_at=created_at"
                    + " updated_at=updated_at",
            "bank_accounts | /bank_accounts | name=name currency=currency balance=balance"
                    + " establishment_id=bank_establishment.id"
                    + " accounting_plan_item_id=ledger_account.id updated_at=updated_at",
            "bank_transactions | /transactions | execution_date=date amount_eur=amount currency=currency"
                    + " currency_amount=currency_amount updated_at=updated_at",
            "fiscal_years | /fiscal_years | start_date=start end_date=finish updated_at=updated_at"})
    void recordsAreThoseOfTheApi(String table, String path, String columns) {
        for (int company = 0; company < COMPANIES; company++) {
            Map<Long, Map<String, Object>> shared = reader.byId("select * from pennylane." + table
                    + " where company_id = "
                    + sandbox.companies().get(company).id());
            List<JsonNode> served = new Caller(sandbox, company).walk(path);
            List<JsonNode> expected = served.stream().filter(json -> !isArchivedInvoice(table, json)).toList();
            assertThat(shared.keySet()).as(table).isEqualTo(ids(expected)).isNotEmpty();
            for (JsonNode json : expected) {
                Map<String, Object> row = shared.get(json.path("id").asLong());
                for (String pair : columns.split(" ")) {
                    String[] names = pair.split("=");
                    requireEqual(table + " " + pair, row.get(names[0]), json.at("/" + names[1].replace('.', '/')));
                }
            }
        }
    }

    @Test
    void archivedInvoicesAreLeftOutAndLookDeleted() {
        List<JsonNode> served = new Caller(sandbox, 0).walk("/customer_invoices");
        assertThat(served).anyMatch(json -> !json.path("archived_at").isNull());
        Set<Long> archived = ids(served.stream().filter(json -> !json.path("archived_at").isNull()).toList());
        assertThat(reader.byId("select * from pennylane.customer_invoices").keySet())
                .doesNotContainAnyElementsOf(archived);
    }

    @Test
    void whatIsGoneStaysMarkedInEtl() {
        Set<Long> live = reader.byId("select id from pennylane.general_ledger").keySet();
        Map<Long, Map<String, Object>> marked =
                reader.byId("select id, deleted_at, synchronised_at from etl.general_ledger"
                        + " where deleted_at is not null");
        assertThat(marked).isNotEmpty();
        assertThat(marked.keySet()).doesNotContainAnyElementsOf(live);
        assertThat(marked.values()).allSatisfy(row -> assertThat(row.get("deleted_at"))
                .isEqualTo(row.get("synchronised_at")));
        assertThat(reader.count("etl.general_ledger")).isEqualTo(live.size() + marked.size());
    }

    @Test
    void invoicesAreInEuros() {
        List<JsonNode> foreign = new Caller(sandbox, 0).walk("/customer_invoices").stream()
                .filter(json -> !json.path("currency").asText().equals("EUR") && json.path("archived_at").isNull())
                .toList();
        assertThat(foreign).isNotEmpty();
        for (JsonNode json : foreign) {
            Map<String, Object> row = reader.rows("select * from pennylane.customer_invoices where id = "
                    + json.path("id").asLong()).get(0);
            assertThat((BigDecimal) row.get("amount_eur_excl_taxes"))
                    .isEqualByComparingTo(new BigDecimal(json.path("amount").asText())
                            .subtract(new BigDecimal(json.path("tax").asText())));
            BigDecimal due = new BigDecimal(json.path("remaining_amount_with_tax").asText())
                    .multiply(new BigDecimal(json.path("exchange_rate").asText()));
            assertThat((BigDecimal) row.get("outstanding_balance"))
                    .isCloseTo(due, Offset.offset(new BigDecimal("0.01")));
        }
    }

    @Test
    void labelsAreTheLinesOwnAsFarAsAColumnCanHoldThem() {
        Map<Long, Map<String, Object>> shared = reader.byId("select id, label from pennylane.general_ledger");
        List<JsonNode> lines = new Caller(sandbox, 0).walk("/ledger_entry_lines");
        for (JsonNode json : lines) {
            String label = json.path("label").asText();
            if (!label.isEmpty()) {
                assertThat(shared.get(json.path("id").asLong()).get("label")).isEqualTo(storable(label));
            }
        }
        assertThat(lines).anyMatch(json -> json.path("label").asText().contains("\0"));
    }

    @Test
    void theAnalyticalLedgerRepeatsLinesOncePerTagWithoutWeighingThem() {
        for (int company = 0; company < COMPANIES; company++) {
            Map<Long, List<Map<String, Object>>> rows =
                    reader.rows("select * from pennylane.analytical_ledger where company_id = "
                            + sandbox.companies().get(company).id()).stream()
                            .collect(Collectors.groupingBy(row -> (Long) row.get("id")));
            List<JsonNode> lines = new Caller(sandbox, company).walk("/ledger_entry_lines");
            assertThat(rows.keySet()).isEqualTo(ids(lines));
            assertThat(lines).anyMatch(json -> json.path("categories").size() > 1);
            for (JsonNode json : lines) {
                List<Map<String, Object>> events = rows.get(json.path("id").asLong());
                assertThat(events).hasSize(Math.max(1, json.path("categories").size()));
                assertThat(events).allSatisfy(row -> requireEqual("debit", row.get("debit"), json.path("debit")));
                assertThat(events.stream().map(ShareContentTest::tag)).containsExactlyInAnyOrderElementsOf(tags(json));
            }
        }
    }

    @Test
    void theTrialBalanceIsTheApis() {
        for (JsonNode year : new Caller(sandbox, 1).walk("/fiscal_years")) {
            Map<String, BigDecimal> served = new TreeMap<>();
            new Caller(sandbox, 1).walk("/trial_balance", "period_start", year.path("start").asText(), "period_end",
                    year.path("finish").asText())
                    .forEach(row -> served.put(row.path("number").asText(), amount(row, "debits")
                            .subtract(amount(row, "credits")).setScale(2)));
            Map<String, BigDecimal> shared = new TreeMap<>();
            reader.rows("select * from pennylane.trial_balance where company_id = " + sandbox.companies().get(1).id()
                    + " and fiscal_period_start = date '" + year.path("start").asText() + "'").forEach(row -> {
                        shared.merge((String) row.get("number"), (BigDecimal) row.get("balance"), BigDecimal::add);
                        boolean grouped = Set.of("401", "411").contains(row.get("number"));
                        assertThat(row.get("id") == null).isEqualTo(grouped);
                    });
            assertThat(shared).isEqualTo(served);
        }
        assertThat(reader.rows("select distinct enabled from accounting.trial_balance_revision"))
                .allSatisfy(row -> assertThat(row.get("enabled")).isIn("true", "false"));
    }

    @Test
    void documentsOfLedgerLinesAreTheirInvoices() {
        Map<Long, Long> invoiceOfEntry = new LinkedHashMap<>();
        Caller caller = new Caller(sandbox, 0);
        for (String path : List.of("/customer_invoices", "/supplier_invoices")) {
            caller.walk(path).stream().filter(json -> json.at("/ledger_entry/id").isNumber())
                    .forEach(json -> invoiceOfEntry.put(json.at("/ledger_entry/id").asLong(), json.path("id")
                            .asLong()));
        }
        Map<Long, Map<String, Object>> shared =
                reader.byId("select id, document_id, thirdparty_id, plan_item_number from"
                        + " pennylane.general_ledger where company_id = " + sandbox.companies().get(0).id());
        long found = caller.walk("/ledger_entry_lines").stream()
                .filter(json -> invoiceOfEntry.containsKey(json.at("/ledger_entry/id").asLong())).peek(json -> {
                    Map<String, Object> row = shared.get(json.path("id").asLong());
                    assertThat(row.get("document_id")).isEqualTo(invoiceOfEntry.get(json.at("/ledger_entry/id")
                            .asLong()));
                }).count();
        assertThat(found).isPositive();
    }

    private static String tag(Map<String, Object> row) {
        return row.get("tag_weight") == null ? "none" : row.get("tag_label") + " " + row.get("tag_weight");
    }

    private static List<String> tags(JsonNode line) {
        List<String> tags = new ArrayList<>();
        line.path("categories").forEach(tag -> tags.add(storable(tag.path("label").asText()) + " "
                + amount(tag, "weight").setScale(4)));
        return tags.isEmpty() ? List.of("none") : tags;
    }

    private static boolean isArchivedInvoice(String table, JsonNode json) {
        return table.endsWith("_invoices") && !json.path("archived_at").isNull();
    }

    private static Set<Long> ids(List<JsonNode> records) {
        return records.stream().map(json -> json.path("id").asLong()).collect(Collectors.toSet());
    }

    private static BigDecimal amount(JsonNode json, String field) {
        return new BigDecimal(json.path(field).asText());
    }

    private static void requireEqual(String what, Object shared, JsonNode served) {
        if (shared == null || served.isNull() || served.isMissingNode()) {
            assertThat(shared == null).as(what).isEqualTo(served.isNull() || served.isMissingNode());
        } else if (shared instanceof BigDecimal decimal) {
            assertThat(decimal).as(what).isEqualByComparingTo(served.asText());
        } else if (shared instanceof Double number) {
            assertThat(BigDecimal.valueOf(number)).as(what).isEqualByComparingTo(served.asText());
        } else if (shared instanceof Timestamp moment) {
            assertThat(moment.toLocalDateTime()).as(what)
                    .isEqualTo(LocalDateTime.parse(served.asText().replace("Z", "")));
        } else {
            assertThat(shared.toString()).as(what).isEqualTo(storable(served.asText()));
        }
    }

    /** U+0000 and half surrogate pairs cannot come through. */
    private static String storable(String text) {
        StringBuilder storable = new StringBuilder();
        text.codePoints().map(point -> point == 0 || point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
