package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every documented pair of field and operator against a naive evaluation on the JSON; every other pair refused. */
class SandboxFilterTest {

    private static final String CMP = "lt lteq gt gteq eq not_eq";
    private static final String CMP_IN = CMP + " in not_in";
    private static final String EQ_IN = "eq not_eq in not_in";
    private static final List<String> OPERATORS =
            List.of("eq", "not_eq", "lt", "lteq", "gt", "gteq", "in", "not_in", "start_with");

    /** A documented filter, and where the JSON of a record shows what it filters on. */
    record Documented(String path, String field, String operators, String pointer) {}

    private static final List<Documented> TABLE = Stream.of("""
            bank_establishments|id|%1$s|/id
            billing_subscriptions|id|%1$s|/id
            billing_subscriptions|start|%1$s|/start
            billing_subscriptions|customer_id|%1$s|/customer/id
            billing_subscriptions|status|%3$s|/status
            categories|id|%1$s|/id
            categories|label|start_with eq in|/label
            categories|category_group_id|%1$s|/category_group/id
            categories|analytical_code|%3$s|/analytical_code
            commercial_documents|id|%1$s|/id
            commercial_documents|customer_id|%1$s|/customer/id
            commercial_documents|document_type|%3$s|/document_type
            customer_invoices|id|%1$s|/id
            customer_invoices|date|%1$s|/date
            customer_invoices|customer_id|%1$s|/customer/id
            customer_invoices|billing_subscription_id|%1$s|/billing_subscription/id
            customer_invoices|quote_id|%1$s|/quote/id
            customer_invoices|invoice_number|%3$s|/invoice_number
            customer_invoices|draft|eq|/draft
            customer_invoices|external_reference|eq|/external_reference
            customer_invoices|flow_id|%3$s|/e_invoicing/flow/id
            customers|id|%1$s|/id
            customers|customer_type|eq not_eq|/customer_type
            customers|ledger_account_id|eq not_eq|/ledger_account/id
            customers|name|start_with eq|/name
            customers|external_reference|start_with %3$s|/external_reference
            customers|reg_no|%3$s|/reg_no
            customers|emails|in|/emails
            gocardless_mandates|id|%1$s|/id
            gocardless_mandates|customer_id|%1$s|/customer/id
            gocardless_mandates|external_reference|eq|/external_reference
            journals|type|%3$s|/type
            ledger_accounts|id|%1$s|/id
            ledger_accounts|number|start_with eq in|/number
            ledger_accounts|enabled|eq|/enabled
            ledger_entries|id|%1$s|/id
            ledger_entries|date|%2$s|/date
            ledger_entries|journal_id|%1$s|/journal/id
            ledger_entry_lines|id|%1$s|/id
            ledger_entry_lines|journal_id|%1$s|/journal/id
            ledger_entry_lines|ledger_account_id|%1$s|/ledger_account/id
            ledger_entry_lines|date|%1$s|/date
            pro_account/mandates|status|%3$s|/status
            pro_account/mandates|customer_id|%1$s|/customer/id
            pro_account/mandate_migrations|customer_id|%1$s|/customer/id
            pro_account/mandate_migrations|status|%1$s|/status
            products|id|%1$s|/id
            products|label|eq in|/label
            products|reference|eq in|/reference
            products|external_reference|%3$s|/external_reference
            purchase_requests|id|%1$s|/id
            purchase_requests|supplier_id|%3$s|/supplier/id
            quotes|id|%1$s|/id
            quotes|customer_id|%1$s|/customer/id
            quotes|status|%3$s|/status
            sepa_mandates|id|%1$s|/id
            sepa_mandates|customer_id|%1$s|/customer/id
            supplier_invoices|id|%1$s|/id
            supplier_invoices|supplier_id|%1$s|/supplier/id
            supplier_invoices|invoice_number|%3$s|/invoice_number
            supplier_invoices|date|%1$s|/date
            supplier_invoices|external_reference|%3$s|/external_reference
            supplier_invoices|payment_status|%3$s|/payment_status
            supplier_invoices|flow_id|%3$s|/e_invoicing/flow/id
            suppliers|id|%1$s|/id
            suppliers|ledger_account_id|eq not_eq|/ledger_account/id
            suppliers|name|start_with|/name
            suppliers|external_reference|%3$s|/external_reference
            suppliers|emails|in|/emails
            transactions|id|%3$s|/id
            transactions|bank_account_id|%3$s|/bank_account/id
            transactions|journal_id|%3$s|/journal/id
            transactions|date|%2$s|/date
            """.formatted(CMP_IN, CMP, EQ_IN).split("\n")).map(line -> line.split("\\|"))
            .map(cells -> new Documented(cells[0], cells[1], cells[2], cells[3])).toList();

    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
        caller = new Caller(sandbox, 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static List<Documented> table() {
        return TABLE;
    }

    @ParameterizedTest
    @MethodSource("table")
    void documentedPairsAnswerAsANaiveEvaluationAndOthersAreRefused(Documented filter) {
        String limit = "100";
        List<JsonNode> all = caller.walk("/" + filter.path(), "limit", limit);
        List<JsonNode> values = all.stream().map(item -> item.at(filter.pointer()))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .flatMap(value -> value.isArray() ? Stream.iterate(0, i -> i + 1).limit(value.size()).map(value::get)
                        : Stream.of(value))
                .toList();
        assertThat(values).as("values to filter on").isNotEmpty();
        Random random = new Random(filter.hashCode());
        for (String operator : OPERATORS) {
            JsonNode one = values.get(random.nextInt(values.size()));
            JsonNode other = values.get(random.nextInt(values.size()));
            boolean list = operator.endsWith("in");
            String sent = list ? "[" + one + "," + other + "]"
                    : operator.equals("start_with") ? prefix(one).toString() : one.toString();
            String json = Caller.filter(filter.field(), operator, sent);
            if (!Arrays.asList(filter.operators().split(" ")).contains(operator)) {
                assertThat(caller.get("/" + filter.path(), "filter", json).statusCode()).as(json).isEqualTo(400);
                continue;
            }
            Predicate<JsonNode> naive = naive(operator, operator.equals("start_with") ? prefix(one) : one, other);
            List<JsonNode> expected = all.stream().filter(item -> matches(item.at(filter.pointer()), naive)).toList();
            assertThat(ids(caller.walk("/" + filter.path(), "limit", limit, "filter", json))).as(json)
                    .containsExactlyElementsOf(ids(expected));
        }
    }

    @Test
    void creditNotesHaveNegativeAmountsOrCreditAnInvoice() {
        List<JsonNode> notes =
                caller.walk("/customer_invoices", "filter", Caller.filter("credit_note", "eq", "\"true\""));
        assertThat(notes).isNotEmpty().allMatch(note -> Amounts.of(note, "amount").signum() < 0);
        assertThat(caller.walk("/customer_invoices", "filter", Caller.filter("credit_note", "eq", "false")))
                .allMatch(invoice -> Amounts.of(invoice, "amount").signum() >= 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer_invoices", "supplier_invoices"})
    void invoicesAreFoundByCategory(String stream) {
        long company = sandbox.companies().get(0).id();
        TruthRecord allocation = sandbox.truth().records(company, stream + "_categories").findFirst().orElseThrow();
        String filter = Caller.filter("category_id", "in", "[" + allocation.json().path("id") + "]");
        List<Long> parents = sandbox.truth().records(company, stream + "_categories")
                .filter(record -> record.json().path("id").equals(allocation.json().path("id")))
                .map(TruthRecord::parentId).toList();
        assertThat(caller.walk("/" + stream, "filter", filter)).extracting(item -> item.path("id").asLong())
                .containsExactlyInAnyOrderElementsOf(parents);
    }

    @Test
    void purchaseRequestsAreFoundByUserAndReviewer() {
        assertThat(caller.walk("/purchase_requests", "filter", Caller.filter("user_id", "not_eq", "1"))).isNotEmpty();
        assertThat(caller.walk("/purchase_requests", "filter", Caller.filter("reviewed_by_id", "in", "[1]"))).isEmpty();
    }

    @Test
    void linesOfAnEntryAreFoundByAccount() {
        JsonNode entry = caller.json("/ledger_entries/" + caller.walk("/ledger_entries", "filter",
                Caller.filter("date", "gteq", "\"2024-01-01\"")).get(0).path("id").asLong());
        JsonNode line = entry.path("ledger_entry_lines").get(0);
        String account = line.path("ledger_account").path("id").asText();
        assertThat(caller.walk("/ledger_entries/" + entry.path("id").asLong() + "/ledger_entry_lines", "filter",
                Caller.filter("ledger_account_id", "eq", account))).extracting(item -> item.path("id"))
                .contains(line.path("id"));
    }

    @Test
    void conditionsAreAnded() {
        String filter =
                "[{\"field\":\"date\",\"operator\":\"gteq\",\"value\":\"2025-01-01\"},{\"field\":\"date\","
                        + "\"operator\":\"lt\",\"value\":\"2026-01-01\"}]";
        assertThat(caller.walk("/ledger_entry_lines", "filter", filter, "sort", "date", "limit", 9)).isNotEmpty()
                .allMatch(line -> line.path("date").asText().startsWith("2025"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "[{}]", "[]x", "[{\"field\":\"nothing\",\"operator\":\"eq\",\"value\":1}]",
            "[{\"field\":\"id\",\"operator\":\"gte\",\"value\":1}]",
            "[{\"field\":\"id\",\"operator\":\"in\",\"value\":1}]",
            "[{\"field\":\"id\",\"operator\":\"eq\",\"value\":[1]}]",
            "[{\"field\":\"id\",\"operator\":\"eq\",\"value\":\"x\"}]",
            "[{\"field\":\"created_at\",\"operator\":\"gteq\",\"value\":\"2026-01-01T00:00:00Z\"}]",
            "[{\"field\":\"date\",\"operator\":\"gteq\",\"value\":\"01/02/2026\"}]"})
    void illFormedFiltersAreRefused(String filter) {
        assertThat(caller.get("/ledger_entries", "filter", filter).statusCode()).isEqualTo(400);
    }

    @Test
    void filtersAreRefusedWhereNoneIsOffered() {
        assertThat(caller.get("/bank_accounts", "filter", Caller.filter("id", "eq", "1")).statusCode()).isEqualTo(400);
        assertThat(caller.get("/fiscal_years", "filter", Caller.filter("id", "eq", "1")).statusCode()).isEqualTo(400);
    }

    @Test
    void nestedParametersAreRefusedAsAHash() {
        var response = caller.get("/customers", "filter%5Bid%5D", 1);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Hash");
    }

    @Test
    void aHundredHugeIdsFitInOneRequest() {
        List<String> ids = new ArrayList<>();
        caller.walk("/transactions", "limit", 100).forEach(item -> ids.add(item.path("id").asText()));
        List<String> padded = Stream.generate(() -> ids).flatMap(List::stream).limit(100).toList();
        assertThat(caller.walk("/transactions", "limit", 100, "filter", Caller.filter("id", "in", padded.toString())))
                .hasSameSizeAs(ids);
    }

    private static JsonNode prefix(JsonNode value) {
        String text = value.asText();
        return new TextNode(text.substring(0, Math.min(3, text.length())));
    }

    private static boolean matches(JsonNode value, Predicate<JsonNode> naive) {
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        return value.isArray() ? Stream.iterate(0, i -> i + 1).limit(value.size()).map(value::get).anyMatch(naive)
                : naive.test(value);
    }

    private static Predicate<JsonNode> naive(String operator, JsonNode one, JsonNode other) {
        return value -> switch (operator) {
            case "eq" -> value.equals(one);
            case "not_eq" -> !value.equals(one);
            case "lt" -> compare(value, one) < 0;
            case "lteq" -> compare(value, one) <= 0;
            case "gt" -> compare(value, one) > 0;
            case "gteq" -> compare(value, one) >= 0;
            case "in" -> value.equals(one) || value.equals(other);
            case "not_in" -> !value.equals(one) && !value.equals(other);
            default -> value.asText().startsWith(one.asText());
        };
    }

    private static int compare(JsonNode value, JsonNode other) {
        return value.isNumber() ? new BigDecimal(value.asText()).compareTo(new BigDecimal(other.asText()))
                : value.asText().compareTo(other.asText());
    }

    /** Mandates of the Pro Account show no id: their whole text stands for them. */
    private static List<String> ids(List<JsonNode> items) {
        return items.stream().map(item -> item.has("id") ? item.path("id").asText()
                : item.toString().replaceAll("/files/[^\"]*", "")).toList();
    }
}
