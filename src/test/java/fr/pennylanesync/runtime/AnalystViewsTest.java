package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.analysis.AnalystViews;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.TruthRecord;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The views for analysts, held against sums that are made from the sandbox's records by other means. */
class AnalystViewsTest {

    private static final Pattern QUERY =
            Pattern.compile("\\*\\*(\\d+)\\. ([^\n]+)\n\n```sql\n(.*?)```", Pattern.DOTALL);

    /** Where all is well, these have no rows, and the sandbox may be well. */
    private static final Set<Integer> MAY_BE_EMPTY = Set.of(17, 18);

    private static Sandbox sandbox;
    private static SandboxShare share;
    private static Warehouse warehouse;
    private static TestRun run;

    /** A question with its answer in SQL. */
    record Question(int number, String text, String sql) {

        @Override
        public String toString() {
            return number + " " + text;
        }
    }

    @BeforeAll
    static void sync() throws IOException {
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(120).withRateLimit(RateLimit.OFF));
        share = sandbox.openShare(ShareHome.options());
        warehouse = TestWarehouse.ready();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, ShareRun.settings(share));
        run.sync();
        run.archive();
        warehouse.jdbc().sql(Files.readString(Path.of("docs/roles.sql"))).update();
    }

    @AfterAll
    static void close() {
        // Roles belong to the whole server, which other tests use too.
        for (String role : List.of("pennylane_runtime", "pennylane_verifier", "pennylane_reader")) {
            warehouse.jdbc().sql("drop owned by " + role + "; drop role " + role).update();
        }
        Stream.<AutoCloseable>of(run, warehouse, share, sandbox).filter(Objects::nonNull).forEach(part -> {
            try {
                part.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException(unclosed);
            }
        });
    }

    /** Returns the examples of the README, in both languages the same. */
    static Stream<String> examples() throws IOException {
        return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")))
                .results().map(match -> match.group(1));
    }

    static Stream<Question> questions() throws IOException {
        return QUERY.matcher(Files.readString(Path.of("docs/QUERIES.md"))).results()
                .map(match -> new Question(Integer.parseInt(match.group(1)), match.group(2), match.group(3)));
    }

    @Test
    void thereAreTwentyThreeQuestions() throws IOException {
        assertThat(questions().map(Question::number)).hasSize(23).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionHasAnAnswer(Question question) {
        List<Map<String, Object>> rows = asReader(question.sql());
        if (question.text().contains("no row is good news")) {
            assertThat(rows).isEmpty();
        } else if (!MAY_BE_EMPTY.contains(question.number())) {
            assertThat(rows).isNotEmpty();
        }
    }

    /** The README says which of them needs the other role, and of which no row is good news. */
    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfTheReadmeIsAnswered(String sql) {
        boolean operators = sql.contains("pennylane_sync.");
        List<Map<String, Object>> rows = as(operators ? "pennylane_verifier" : "pennylane_reader", sql);
        if (sql.contains("having")) {
            assertThat(rows).isEmpty();
        } else {
            assertThat(rows).isNotEmpty();
        }
    }

    /** With the rights that docs/roles.sql gives to analysts, and no others. */
    private static List<Map<String, Object>> asReader(String sql) {
        return as("pennylane_reader", sql);
    }

    private static List<Map<String, Object>> as(String role, String sql) {
        return warehouse.transaction(() -> {
            warehouse.jdbc().sql("set local role " + role).update();
            return warehouse.jdbc().sql(sql).query().listOfRows();
        });
    }

    @Test
    void aReaderSeesNoTableOfTheOperators() {
        assertThatThrownBy(() -> asReader("select * from pennylane_sync.batch"))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> asReader("delete from pennylane.journals"))
                .hasStackTraceContaining("permission denied");
    }

    /** The ledger has a line of another company, which everybody else sees. */
    @Test
    void aReaderOfOneCompanySeesThatOneInEveryTableAndViewAndNoOther() throws IOException {
        long company = sandbox.companies().get(0).id();
        String script =
                Files.readString(Path.of("docs/company-reader.sql")).replace("51017,51020", Long.toString(company));
        warehouse.jdbc().sql("insert into pennylane.journals (company_id, id, payload, record_hash, source, batch_id,"
                + " first_seen_at, changed_at) select 1, id, payload, record_hash, source, batch_id, first_seen_at,"
                + " changed_at from pennylane.journals where company_id = ? limit 1").param(company).update();
        try {
            warehouse.jdbc().sql(script).update();
            String seen = "select count(*), min(company_id), max(company_id) from acme_reader.";
            assertThat(as("acme_reader", seen + "journals").get(0)).containsEntry("min", company)
                    .containsEntry("max", company).containsEntry("count", count("journals") - 1);
            assertThat(as("acme_reader", seen + "general_ledger").get(0)).containsEntry("count",
                    count("general_ledger"));
            assertThat(as("acme_reader", "select * from acme_reader.societes")).hasSize(1);
            assertThat(as("acme_reader", "select * from acme_reader.journals_history")).isNotEmpty();
            assertThatThrownBy(() -> as("acme_reader", "select * from pennylane.journals"))
                    .hasStackTraceContaining("permission denied");
        } finally {
            warehouse.jdbc().sql("drop schema if exists acme_reader cascade; drop role if exists acme_reader;"
                    + " delete from pennylane.journals where company_id = 1").update();
        }
    }

    @Test
    void theGeneralLedgerHasEveryLineOnce() {
        assertThat(count("general_ledger")).isEqualTo(records("ledger_entry_lines", line -> true).count());
        assertThat(sum("general_ledger", "debit")).isEqualByComparingTo(total("ledger_entry_lines", "debit"));
        assertThat(sum("general_ledger", "credit")).isEqualByComparingTo(total("ledger_entry_lines", "credit"));
        assertThat(strings("select distinct account_number from pennylane.general_ledger"))
                .isEqualTo(records("ledger_entry_lines", line -> true)
                        .map(line -> line.path("ledger_account").path("number").asText()).collect(Collectors.toSet()));
    }

    /** Pennylane adds third parties up in their root account; both must say the same to the cent. */
    @Test
    void theTrialBalanceIsTheOneThatPennylaneAddsUp() {
        assertThat(warehouse.jdbc().sql("""
                with ours as (
                    select company_id, fiscal_year_start as start,
                        case when account_number ~ '^(401|411)' then left(account_number, 3)
                            else account_number end as number,
                        sum(debit) as debits, sum(credit) as credits, sum(lines) as lines
                    from pennylane.trial_balance_by_period where fiscal_year_id is not null group by 1, 2, 3),
                theirs as (
                    select company_id, fiscal_period_start as start, number, sum(debits) as debits,
                        sum(credits) as credits, sum(ledger_events_count) as lines
                    from pennylane.trial_balance where deleted_at is null group by 1, 2, 3)
                select * from ours full join theirs using (company_id, start, number)
                where ours.debits is distinct from theirs.debits or ours.credits is distinct from theirs.credits
                    or ours.lines is distinct from theirs.lines""").query().listOfRows()).isEmpty();
        assertThat(count("trial_balance_by_period")).isPositive();
    }

    @Test
    void bothSidesOfTheBalanceSheetAreEqualAndItsResultIsThatOfTheIncomeStatement() {
        assertThat(warehouse.jdbc().sql("""
                select company_id, fiscal_year_id, sum(case side when 'assets' then amount else -amount end)
                from pennylane.balance_sheet group by 1, 2
                having sum(case side when 'assets' then amount else -amount end) <> 0""").query().listOfRows())
                .isEmpty();
        assertThat(warehouse.jdbc().sql("select sum(amount) from pennylane.balance_sheet where account_number is null")
                .query(BigDecimal.class).single()).isEqualByComparingTo(sum("income_statement", "result"));
        BigDecimal income = records("ledger_entry_lines", line -> account(line).startsWith("7"))
                .map(line -> amount(line, "credit").subtract(amount(line, "debit")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(warehouse.jdbc().sql("select sum(amount) from pennylane.income_statement where kind = 'income'")
                .query(BigDecimal.class).single()).isEqualByComparingTo(income);
    }

    @ParameterizedTest
    @CsvSource({"aged_receivables,customer_invoices", "aged_payables,supplier_invoices"})
    void whatIsOwedIsWhatRemainsOfTheInvoices(String view, String stream) {
        BigDecimal owed = records(stream, AnalystViewsTest::isOpen)
                .map(AnalystViewsTest::remainingInEuros).reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(sum(view, "total")).isEqualByComparingTo(owed);
        assertThat(sum(view, "not_due + days_1_to_30 + days_31_to_60 + days_61_to_90 + days_over_90"))
                .as("every invoice is of one age").isEqualByComparingTo(owed);
    }

    @ParameterizedTest
    @CsvSource({"aged_receivables,customer_invoices", "aged_payables,supplier_invoices"})
    void whatIsOwedInAnotherCurrencyCountsInThatOfTheBooks(String view, String stream) {
        JsonNode invoice = records(stream, AnalystViewsTest::isOpen)
                .filter(open -> open.path("currency").asText().equals("EUR"))
                .filter(open -> amount(open, "remaining_amount_with_tax").signum() != 0).findFirst().orElseThrow();
        BigDecimal before = sum(view, "total");
        BigDecimal remaining = amount(invoice, "remaining_amount_with_tax");
        long id = invoice.path("id").asLong();
        warehouse.jdbc().sql("update pennylane." + stream
                + " set currency = 'USD', currency_amount = 2 * amount where id = ?").param(id).update();
        try {
            assertThat(sum(view, "total")).isEqualByComparingTo(before.subtract(remaining)
                    .add(remaining.divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_UP)));
        } finally {
            warehouse.jdbc().sql("update pennylane." + stream
                    + " set currency = 'EUR', currency_amount = amount where id = ?").param(id).update();
        }
    }

    /** The share says it in euros, the API in the currency of the invoice. */
    @Test
    void whatRemainsIsWhatTheShareSaysInEuros() {
        Map<Long, BigDecimal> remaining = records("customer_invoices", any -> true).collect(Collectors.toMap(
                invoice -> invoice.path("id").asLong(), AnalystViewsTest::remainingInEuros));
        assertThat(warehouse.jdbc().sql("select invoice_id, remaining_amount_with_tax from"
                + " pennylane.invoices_with_files where direction = 'customer'").query().listOfRows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat((BigDecimal) row.get("remaining_amount_with_tax"))
                        .isEqualByComparingTo(remaining.get((Long) row.get("invoice_id"))));
        BigDecimal settled = records("customer_invoices", invoice -> !invoice.path("draft").asBoolean())
                .map(AnalystViewsTest::remainingInEuros).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum("customer_balances", "remaining")).isEqualByComparingTo(settled);
        assertThat(sum("supplier_balances", "remaining")).isEqualByComparingTo(records("supplier_invoices", any -> true)
                .map(AnalystViewsTest::remainingInEuros).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static BigDecimal remainingInEuros(JsonNode invoice) {
        return amount(invoice, "remaining_amount_with_tax").multiply(amount(invoice, "exchange_rate"))
                .setScale(2, RoundingMode.HALF_UP);
    }

    @Test
    void everyInvoiceIsThereOnceWithItsLines() {
        assertThat(count("invoices_with_files")).isEqualTo(records("customer_invoices", any -> true).count()
                + records("supplier_invoices", any -> true).count());
        assertThat(sum("invoices_with_files", "amount")).isEqualByComparingTo(
                total("customer_invoices", "amount").add(total("supplier_invoices", "amount")));
        assertThat(sum("invoices_with_files", "amount_of_lines")).isEqualByComparingTo(
                total("customer_invoices_invoice_lines", "amount")
                        .add(total("supplier_invoices_invoice_lines", "amount")));
        assertThat(sum("invoices_with_files", "files_archived")).isEqualByComparingTo(warehouse.jdbc().sql("""
                select count(*) from pennylane_sync.file where state = 'ARCHIVED'
                and stream in ('customer_invoices', 'supplier_invoices')""").query(BigDecimal.class).single());
    }

    @Test
    void theVatIsThatOfTheLinesLessTheDiscountOfTheirInvoice() {
        Map<Long, BigDecimal> factors = records("customer_invoices", invoice -> !invoice.path("draft").asBoolean())
                .collect(Collectors.toMap(invoice -> invoice.path("id").asLong(), AnalystViewsTest::factor));
        assertThat(factors.values()).as("some have a discount")
                .anyMatch(factor -> factor.compareTo(BigDecimal.ONE) < 0);
        BigDecimal collected = sandbox.companies().stream()
                .flatMap(company -> sandbox.truth().records(company.id(), "customer_invoices_invoice_lines"))
                .filter(line -> factors.containsKey(line.parentId()))
                .map(line -> amount(line.json(), "tax").multiply(factors.get(line.parentId()))
                        .setScale(2, RoundingMode.HALF_UP))
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(warehouse.jdbc().sql("select sum(tax) from pennylane.vat_by_period where direction = 'collected'")
                .query(BigDecimal.class).single()).isEqualByComparingTo(collected);
        assertThat(warehouse.jdbc().sql("select sum(tax) from pennylane.vat_by_period where direction = 'deductible'")
                .query(BigDecimal.class).single())
                .isEqualByComparingTo(total("supplier_invoices_invoice_lines", "tax"));
    }

    private static BigDecimal factor(JsonNode invoice) {
        JsonNode discount = invoice.path("discount");
        return discount.path("type").asText().equals("relative")
                ? BigDecimal.ONE.subtract(amount(discount, "value").movePointLeft(2))
                : BigDecimal.ONE;
    }

    /** A line of 120 with tax of 20, and 10 % or 12 euros off the whole invoice. */
    @ParameterizedTest
    @CsvSource({"relative, 10", "absolute, 10"})
    void aDiscountOnTheWholeInvoiceLessensItsVat(String type, BigDecimal value) {
        JdbcClient jdbc = warehouse.jdbc();
        onOtherBooks(() -> {
            long id = jdbc.sql("select min(id) from pennylane.customer_invoices i where draft is not true and exists ("
                    + "select 1 from pennylane.customer_invoices_invoice_lines l where l.customer_invoice_id = i.id)")
                    .query(Long.class).single();
            jdbc.sql("update pennylane.customer_invoices set date = '1999-01-01', amount = 108, tax = 18,"
                    + " discount_type = ?, discount_value = ? where id = ?").params(type, value, id).update();
            jdbc.sql("update pennylane.customer_invoices_invoice_lines set deleted_at = case id when (select min(id)"
                    + " from pennylane.customer_invoices_invoice_lines where customer_invoice_id = :id) then null"
                    + " else now() end, amount = 120, tax = 20 where customer_invoice_id = :id").param("id", id)
                    .update();
            assertThat(jdbc.sql("select amount_before_tax, tax, amount from pennylane.vat_by_period"
                    + " where month = '1999-01-01'").query().singleRow().values())
                    .extracting(sum -> ((BigDecimal) sum).intValueExact()).containsExactlyInAnyOrder(90, 18, 108);
        });
    }

    /** Pennylane may answer anything: a row is odd then, and the others are as they were. */
    @Test
    void anOddRecordBreaksNoView() {
        JdbcClient jdbc = warehouse.jdbc();
        onOtherBooks(() -> {
            jdbc.sql("""
                    update pennylane.ledger_entry_lines set lettered_line_ids = '{"id": 1}', categories = '[7, null,
                        {"id": "x", "weight": "much", "category_group": {"id": [1]}},
                        {"id": 1e30, "weight": {}, "category_group": 7}]'
                    where id = (select min(id) from pennylane.ledger_entry_lines where deleted_at is null)""").update();
            assertThat(jdbc.sql("select * from pennylane.general_ledger").query().listOfRows())
                    .hasSize((int) count("general_ledger"));
            assertThat(jdbc.sql("select * from pennylane.ledger_by_category").query().listOfRows())
                    .filteredOn(row -> row.get("category_id") == null).hasSize(4);
        });
    }

    @Test
    void turnoverIsComparedWithTheMonthOfTheYearBefore() throws IOException {
        Question question = questions().filter(asked -> asked.number() == 10).findFirst().orElseThrow();
        onOtherBooks(() -> {
            warehouse.jdbc().sql("create temp table income_statement (company_id bigint, month date, result numeric,"
                    + " account_group text)").update();
            warehouse.jdbc().sql("insert into income_statement values (1, '2024-01-01', 5, '70'),"
                    + " (1, '2025-01-01', 7, '70')").update();
            assertThat(warehouse.jdbc().sql(question.sql().replace("pennylane.income_statement", "income_statement"))
                    .query().listOfRows()).extracting(row -> row.get("twelve_months_before"))
                    .containsExactly(null, new BigDecimal("5"));
        });
    }

    /** Leaves the books as they were. */
    private static void onOtherBooks(Runnable work) {
        RuntimeException undone = new IllegalStateException("undone");
        assertThatThrownBy(() -> warehouse.transactionWithoutResult(() -> {
            work.run();
            throw undone;
        })).isSameAs(undone);
    }

    @Test
    void thereIsALineForEachBankAccountAndCustomer() {
        assertThat(sum("cash_position", "balance")).isEqualByComparingTo(total("bank_accounts", "balance"));
        assertThat(count("customer_balances")).isEqualTo(records("customers", any -> true).count());
        assertThat(count("supplier_balances")).isEqualTo(records("suppliers", any -> true).count());
    }

    @ParameterizedTest
    @CsvSource({"customer,customer_invoices", "supplier,supplier_invoices"})
    void eachThirdPartyHasWhatItsInvoicesSay(String party, String stream) {
        for (String field : List.of("amount", "remaining_amount_with_tax")) {
            assertThat(sums("select " + party + "_id, " + (field.equals("amount") ? "invoiced" : "remaining")
                    + " from pennylane." + party + "_balances where invoices > 0"))
                    .isEqualTo(sums(records(stream, invoice -> invoice.path(party).hasNonNull("id")
                            && !invoice.path("draft").asBoolean()).map(invoice -> Map.entry(
                                    invoice.path(party).path("id").asText(), amount(invoice, field)))));
        }
    }

    @Test
    void eachLineIsInTheGeneralLedgerAsPennylaneHasIt() {
        for (String field : List.of("debit", "credit")) {
            assertThat(sums("select concat_ws(' ', ledger_entry_line_id, to_char(date, 'YYYY-MM-DD'),"
                    + " ledger_entry_id, account_number, lettered), " + field + " from pennylane.general_ledger"))
                    .isNotEmpty().isEqualTo(sums(records("ledger_entry_lines", any -> true).map(line -> Map.entry(
                            String.join(" ", line.path("id").asText(), line.path("date").asText(),
                                    line.path("ledger_entry").path("id").asText(), account(line),
                                    line.path("lettered_ledger_entry_lines").path("ids").isEmpty() ? "f" : "t"),
                            amount(line, field)))));
        }
    }

    @Test
    void eachAccountHasTheSumOfItsLinesInEachMonth() {
        for (String field : List.of("debit", "credit")) {
            assertThat(sums("select to_char(month, 'YYYY-MM ') || account_number, " + field
                    + " from pennylane.trial_balance_by_period"))
                    .isNotEmpty().isEqualTo(sums(records("ledger_entry_lines", any -> true)
                            .map(line -> Map.entry(month(line) + " " + account(line), amount(line, field)))));
        }
    }

    @Test
    void eachAccountOfTheIncomeStatementHasItsResultInEachMonth() {
        assertThat(sums("select to_char(month, 'YYYY-MM ') || kind || ' ' || account_number, result"
                + " from pennylane.income_statement"))
                .isNotEmpty().isEqualTo(sums(records("ledger_entry_lines", line -> account(line).matches("[67].*"))
                        .map(line -> Map.entry(month(line) + (account(line).startsWith("7") ? " income " : " expense ")
                                + account(line), balance(line).negate()))));
    }

    /** The ages are of today, as the database has it. */
    @ParameterizedTest
    @CsvSource({"aged_receivables,customer", "aged_payables,supplier"})
    void eachThirdPartyOwesWhatItsInvoicesSayByTheirAge(String view, String party) {
        LocalDate today = warehouse.jdbc().sql("select current_date").query(LocalDate.class).single();
        assertThat(sums("select coalesce(" + party + "_id::text, '') || ' ' || age, owed from pennylane." + view
                + " cross join lateral (values ('not_due', not_due), ('1', days_1_to_30), ('31', days_31_to_60),"
                + " ('61', days_61_to_90), ('91', days_over_90)) each (age, owed) where owed <> 0"))
                .isNotEmpty().isEqualTo(sums(records(party + "_invoices", AnalystViewsTest::isOpen)
                        .filter(invoice -> remainingInEuros(invoice).signum() != 0)
                        .map(invoice -> Map.entry(invoice.path(party).path("id").asText("") + " " + age(invoice, today),
                                remainingInEuros(invoice)))));
    }

    private static String age(JsonNode invoice, LocalDate today) {
        String deadline = invoice.path("deadline").asText("null");
        long days = deadline.equals("null") ? 0 : ChronoUnit.DAYS.between(LocalDate.parse(deadline), today);
        return days <= 0 ? "not_due" : String.valueOf(days > 90 ? 91 : (days - 1) / 30 * 30 + 1);
    }

    @Test
    void eachBankAccountHasItsBalanceAndItsTransactions() {
        assertThat(sums("select bank_account_id, balance from pennylane.cash_position")).isNotEmpty().isEqualTo(
                sums(records("bank_accounts", any -> true)
                        .map(account -> Map.entry(account.path("id").asText(), amount(account, "balance")))));
        for (String field : List.of("transactions", "unmatched")) {
            assertThat(sums("select bank_account_id, " + field + " from pennylane.cash_position"
                    + " where transactions > 0"))
                    .isNotEmpty().isEqualTo(sums(records("transactions", each -> each.path("archived_at").isNull()
                            || each.path("archived_at").isMissingNode())
                            .map(each -> Map.entry(each.path("bank_account").path("id").asText(),
                                    field.equals("unmatched") ? amount(each, "outstanding_balance")
                                            : BigDecimal.ONE))));
        }
    }

    @ParameterizedTest
    @CsvSource({"customer", "supplier"})
    void eachInvoiceHasItsAmountsItsLinesAndItsPayments(String direction) {
        String invoices = direction + "_invoices";
        String view = " from pennylane.invoices_with_files where direction = '" + direction + "'";
        for (String field : List.of("amount", "tax")) {
            assertThat(sums("select invoice_id, " + field + view)).as(field)
                    .isNotEmpty().isEqualTo(sums(records(invoices, any -> true)
                            .map(invoice -> Map.entry(invoice.path("id").asText(), amount(invoice, field)))));
        }
        assertThat(sums("select invoice_id, amount_of_lines" + view + " and lines > 0")).isNotEmpty().isEqualTo(
                sums(children(invoices + "_invoice_lines").map(line -> Map.entry(String.valueOf(line.parentId()),
                        amount(line.json(), "amount")))));
        for (Map.Entry<String, String> counted : Map.of("lines", "_invoice_lines", "payments", "_payments")
                .entrySet()) {
            assertThat(sums("select invoice_id, " + counted.getKey() + view + " and " + counted.getKey() + " > 0"))
                    .as(counted.getKey()).isEqualTo(sums(children(invoices + counted.getValue())
                            .map(each -> Map.entry(String.valueOf(each.parentId()), BigDecimal.ONE))));
        }
    }

    /** Each line of an invoice counts in the month of the invoice and under its own code. */
    @Test
    void eachVatCodeHasTheSumsOfItsLinesInEachMonth() {
        for (String field : List.of("tax", "amount")) {
            assertThat(sums("select concat_ws(' ', direction, coalesce(to_char(month, 'YYYY-MM'), '-'), vat_rate), "
                    + field + " from pennylane.vat_by_period")).hasSizeGreaterThan(20)
                    .isNotEmpty().isEqualTo(sums(Stream.concat(vat("collected", "customer_invoices", field),
                            vat("deductible", "supplier_invoices", field))));
        }
        assertThat(count("vat_by_period where amount_before_tax <> amount - tax")).isZero();
    }

    private static Stream<Map.Entry<String, BigDecimal>> vat(String direction, String stream, String field) {
        Map<Long, JsonNode> invoices = records(stream, invoice -> !invoice.path("draft").asBoolean())
                .collect(Collectors.toMap(invoice -> invoice.path("id").asLong(), invoice -> invoice));
        return children(stream + "_invoice_lines").filter(line -> invoices.containsKey(line.parentId()))
                .map(line -> {
                    JsonNode invoice = invoices.get(line.parentId());
                    BigDecimal amount = amount(line.json(), field);
                    return Map.entry(String.join(" ", direction, month(invoice), line.json().path("vat_rate").asText()),
                            direction.equals("collected")
                                    ? amount.multiply(factor(invoice)).setScale(2, RoundingMode.HALF_UP)
                                    : amount);
                });
    }

    private static String month(JsonNode record) {
        return record.path("date").isTextual() ? record.path("date").asText().substring(0, 7) : "-";
    }

    private static Stream<TruthRecord> children(String stream) {
        return sandbox.companies().stream().flatMap(company -> sandbox.truth().records(company.id(), stream));
    }

    @Test
    void theBalanceSheetHasEachAccountWithTheSumOfItsLines() {
        assertThat(sums("select account_number, case side when 'assets' then amount else -amount end"
                + " from pennylane.balance_sheet where account_number is not null"))
                .isEqualTo(sums(records("ledger_entry_lines", line -> account(line).matches("[1-5].*"))
                        .map(line -> Map.entry(account(line), balance(line)))));
    }

    @Test
    void eachCategoryHasItsShareOfTheLines() {
        assertThat(sums("select category_id, balance from pennylane.ledger_by_category"))
                .isEqualTo(sums(records("ledger_entry_lines", any -> true).flatMap(line -> StreamSupport
                        .stream(line.path("categories").spliterator(), false)
                        .map(category -> Map.entry(category.path("id").asText(),
                                balance(line).multiply(amount(category, "weight")))))));
    }

    /** Adds up what belongs to the same key; without trailing zeros, since these say nothing. */
    private static Map<String, BigDecimal> sums(Stream<Map.Entry<String, BigDecimal>> amounts) {
        return amounts.collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.collectingAndThen(
                Collectors.reducing(BigDecimal.ZERO, Map.Entry::getValue, BigDecimal::add),
                BigDecimal::stripTrailingZeros)));
    }

    private static Map<String, BigDecimal> sums(String sql) {
        return sums(warehouse.jdbc().sql(sql).query((row, n) -> Map.entry(row.getString(1), row.getBigDecimal(2)))
                .list().stream());
    }

    private static BigDecimal balance(JsonNode line) {
        return amount(line, "debit").subtract(amount(line, "credit"));
    }

    /** What the sandbox has, once as rows and once as versions of them: SQL and the runtime make the same of it. */
    @Test
    void everyVersionHasTheTypedColumnsThatItsRowHad() {
        warehouse.jdbc().sql("delete from pennylane_sync.record_version").update();
        for (StreamDefinition stream : run.catalog.all()) {
            String table = StreamTables.table(stream);
            String parent = stream.parentColumn().map(StreamTables::quoted).orElse("0");
            warehouse.jdbc()
                    .sql("insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,"
                            + " replaced_by_batch_id, payload, record_hash, source, changed_at) select company_id, ?, "
                            + parent
                            + ", id, batch_id, 1, payload, record_hash, source, changed_at from " + table
                            + " where deleted_at is null")
                    .param(stream.name()).update();
            String columns = Stream.concat(Stream.of("company_id", "id"), Stream.concat(stream.parentColumn().stream(),
                    stream.columns().stream().map(Column::name))).map(StreamTables::quoted)
                    .collect(Collectors.joining(", "));
            String versions = "select " + columns + " from pennylane.\"" + stream.name() + "_history\" where valid_to ";
            assertThat(warehouse.jdbc().sql("(" + versions + "is null except " + versions + "is not null) union all ("
                    + versions + "is not null except " + versions + "is null)").query().listOfRows()).as(stream.name())
                    .isEmpty();
        }
        assertThat(warehouse.jdbc().sql("delete from pennylane_sync.record_version").update()).isGreaterThan(500);
    }

    @Test
    void everyFrenchViewHasTheRowsOfItsTwin() {
        Map<String, String> twins = Map.of("grand_livre", "general_ledger", "compte_de_resultat", "income_statement",
                "bilan", "balance_sheet", "societes", "companies", "tva_par_periode", "vat_by_period",
                "grand_livre_analytique", "ledger_by_category", "factures_avec_fichiers", "invoices_with_files");
        twins.forEach((french, english) -> assertThat(count(french)).as(french).isEqualTo(count(english)).isPositive());
        assertThat(sum("balance_generale", "solde")).isEqualByComparingTo(sum("trial_balance_by_period", "balance"));
    }

    @Test
    void everyViewAndEachOfItsColumnsIsDescribed() {
        assertThat(strings("""
                select c.relname || coalesce('.' || a.attname, '') from pg_class c
                join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'pennylane' and c.relkind = 'v'
                join pg_attribute a on a.attrelid = c.oid
                where obj_description(c.oid) is null
                    or (obj_description(c.oid) not like '%en français.' and c.relname <> 'balance_generale'
                        and col_description(c.oid, a.attnum) is null)""")).isEmpty();
    }

    @Test
    void everyTableAndEachOfItsColumnsIsDescribed() {
        assertThat(strings("""
                select c.relname || '.' || a.attname from pg_class c
                join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'pennylane' and c.relkind in ('r', 'p')
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where obj_description(c.oid) is null or col_description(c.oid, a.attnum) is null""")).isEmpty();
        assertThat(strings("""
                select relname from pg_class where relnamespace = 'pennylane'::regnamespace and obj_description(oid)
                    like '%Only Pennylane''s data sharing has it: without that, the table stays empty.%'"""))
                .containsExactlyInAnyOrder("analytical_ledger", "tax_declarations", "vat_declarations");
        assertThat(strings("""
                select col_description('pennylane.customer_invoices'::regclass, attnum) from pg_attribute
                where attrelid = 'pennylane.customer_invoices'::regclass and attname in ('customer_id', 'amount')"""))
                .containsExactlyInAnyOrder(
                        "Customer who is invoiced. The id of a record in customers. Field customer.id of Pennylane's"
                                + " record; column customer_id of the data sharing.",
                        "Amount with VAT, in euros; negative for a credit note. Field amount of Pennylane's record;"
                                + " column amount_eur of the data sharing.");
    }

    @Test
    void nothingIsLockedWhereNothingChangedAndAViewThatWasDroppedIsMadeAgain() {
        String before = oids();

        new AnalystViews(warehouse).ensure();
        assertThat(oids()).isEqualTo(before);

        warehouse.jdbc().sql("drop view pennylane.position_de_tresorerie").update();
        new AnalystViews(warehouse).ensure();
        assertThat(count("position_de_tresorerie")).isEqualTo(count("cash_position"));
    }

    @Test
    void aViewThatAnalystsBuiltIsNeverDropped() {
        warehouse.jdbc().sql("create view public.mine as select * from pennylane.bilan").update();
        warehouse.jdbc().sql("update pennylane_sync.analyst_view set script_sha256 = '\\x00' where name = 'bilan'")
                .update();
        String before = oids();

        new AnalystViews(warehouse).ensure();

        assertThat(oids()).isEqualTo(before);
        warehouse.jdbc().sql("drop view public.mine").update();
        new AnalystViews(warehouse).ensure();
        assertThat(oids()).isNotEqualTo(before);
    }

    private static String oids() {
        return warehouse.jdbc().sql("select string_agg(c.oid::text, ' ' order by c.oid) from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'pennylane' and c.relkind = 'v'")
                .query(String.class).single();
    }

    private static boolean isOpen(JsonNode invoice) {
        return invoice.path("archived_at").isNull() && !invoice.path("draft").asBoolean();
    }

    private static String account(JsonNode line) {
        return line.path("ledger_account").path("number").asText();
    }

    private static Stream<JsonNode> records(String stream, Predicate<JsonNode> wanted) {
        return sandbox.companies().stream().flatMap(company -> sandbox.truth().records(company.id(), stream))
                .<JsonNode>map(TruthRecord::json).filter(wanted);
    }

    private static BigDecimal total(String stream, String field) {
        return records(stream, any -> true).map(json -> amount(json, field)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNull() || value.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(value.asText());
    }

    private static long count(String view) {
        return warehouse.jdbc().sql("select count(*) from pennylane." + view).query(Long.class).single();
    }

    private static BigDecimal sum(String view, String expression) {
        return warehouse.jdbc().sql("select coalesce(sum(" + expression + "), 0) from pennylane." + view)
                .query(BigDecimal.class).single();
    }

    @Test
    void whatOnlyTheDataSharingHasIsThereWithIt() {
        assertThat(new StatusReport(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), run.catalog).companies())
                .isNotEmpty().allSatisfy(company -> assertThat(company.withoutShare()).isEmpty());
        assertThat(count("tax_declarations")).isPositive();
    }

    private static Set<String> strings(String sql) {
        return Set.copyOf(warehouse.jdbc().sql(sql).query(String.class).list());
    }
}
