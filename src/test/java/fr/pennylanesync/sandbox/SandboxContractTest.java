package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxContractTest {

    private static final List<String> STREAMS =
            List.of("customers", "suppliers", "products", "customer_invoices", "supplier_invoices",
                    "quotes", "commercial_documents", "billing_subscriptions", "transactions", "bank_accounts",
                    "bank_establishments", "journals",
                    "ledger_accounts", "ledger_entries", "ledger_entry_lines", "fiscal_years", "categories",
                    "category_groups", "sepa_mandates",
                    "gocardless_mandates", "purchase_requests", "customer_invoice_templates", "pa_registrations");
    private static final List<String> FEEDS =
            List.of("customer_invoices", "supplier_invoices", "customers", "suppliers", "products",
                    "transactions", "quotes", "ledger_entry_lines", "ledger_entries_categories",
                    "ledger_entry_lines_categories");

    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withRateLimit(RateLimit.OFF));
        caller = new Caller(sandbox, 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void everyStreamAndChildStreamHasRecordsInEveryCompany() {
        for (SandboxCompany company : sandbox.companies()) {
            assertThat(sandbox.truth().streams()).containsAll(STREAMS)
                    .filteredOn(stream -> !stream.startsWith("pro_account"))
                    .allSatisfy(stream -> assertThat(sandbox.truth().records(company.id(), stream)).as(stream)
                            .isNotEmpty());
        }
    }

    @Test
    void listsServeExactlyTheTruth() {
        for (String stream : STREAMS) {
            List<String> served =
                    caller.walk("/" + stream, "limit", 100).stream().map(SandboxContractTest::withoutFiles).toList();
            List<String> truth = truth(stream).map(TruthRecord::json).map(SandboxContractTest::withoutFiles).toList();
            assertThat(served).as(stream).containsExactlyInAnyOrderElementsOf(truth);
        }
    }

    @Test
    void subListsServeExactlyTheTruth() {
        for (String stream : sandbox.truth().streams()) {
            STREAMS.stream().filter(parent -> stream.startsWith(parent + "_") && !STREAMS.contains(stream))
                    .forEach(parent -> {
                        long record = truth(stream).findFirst().orElseThrow().parentId();
                        String path = "/" + parent + "/" + record + "/" + stream.substring(parent.length() + 1);
                        assertThat(caller.walk(path, "limit", 1).stream().map(SandboxContractTest::withoutFiles))
                                .as(path)
                                .containsExactlyInAnyOrderElementsOf(truth(stream)
                                        .filter(child -> child.parentId() == record)
                                        .map(TruthRecord::json).map(SandboxContractTest::withoutFiles).toList());
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"customers,id", "customers,-id", "ledger_entry_lines,id", "ledger_entry_lines,date",
            "ledger_entry_lines,-date",
            "ledger_entries,date", "ledger_entries,-date", "customer_invoices,date", "customer_invoices,-date",
            "supplier_invoices,date",
            "fiscal_years,-start", "journals,id"})
    void anyPageSizeAndSortYieldsEachRecordOnceInOrder(String stream, String sort) {
        Random random = new Random(stream.hashCode() + sort.hashCode());
        String field = sort.replace("-", "");
        List<Long> ids = truth(stream).map(record -> record.json().path("id").asLong()).toList();
        for (int i = 0; i < 4; i++) {
            List<JsonNode> items =
                    caller.walk("/" + stream, "limit", 1 + random.nextInt(Math.min(100, ids.size())), "sort", sort);
            assertThat(items.stream().map(item -> item.path("id").asLong())).containsExactlyInAnyOrderElementsOf(ids);
            Comparator<JsonNode> order =
                    Comparator
                            .<JsonNode,
                                    String>comparing(item -> item.path(field).isNull() ? "9999"
                                            : field.equals("id") ? ""
                                                    : item.path(field).asText())
                            .thenComparing(item -> item.path("id").asLong());
            assertThat(items).isSortedAccordingTo(sort.startsWith("-") ? order.reversed() : order);
        }
    }

    @Test
    void listsAreInDescendingOrderOfIdByDefaultAndHoldTwentyItems() {
        JsonNode page = caller.json("/ledger_entry_lines");
        assertThat(page.path("items")).hasSize(20);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.path("items").findValues("id").stream().map(JsonNode::asLong)).isNotEmpty();
        List<Long> ids = new ArrayList<>();
        page.path("items").forEach(item -> ids.add(item.path("id").asLong()));
        assertThat(ids).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void theCursorIsAPositionOnlySoFilterAndSortMustBeSentAgain() {
        String filter = Caller.filter("date", "gteq", "\"2026-06-01\"");
        JsonNode first = caller.json("/ledger_entry_lines", "limit", 5, "sort", "id", "filter", filter);
        JsonNode second = caller.json("/ledger_entry_lines", "limit", 5, "cursor", first.path("next_cursor").asText());
        long last = first.path("items").get(4).path("id").asLong();
        assertThat(second.path("items").get(0).path("id").asLong()).isLessThan(last);
        assertThat(second.path("items").findValuesAsText("date")).anyMatch(date -> date.compareTo("2026-06-01") < 0);
    }

    @ParameterizedTest
    @CsvSource({"customers,100", "ledger_accounts,1000", "changelogs/customers,1000"})
    void limitIsRefusedOutsideItsBounds(String path, int highest) {
        assertThat(caller.get("/" + path, "limit", highest).statusCode()).isEqualTo(200);
        assertProblem(caller.get("/" + path, "limit", highest + 1), 400, "MoreThanMaximum");
        assertProblem(caller.get("/" + path, "limit", 0), 400, "LessThanMinimum");
        assertProblem(caller.get("/" + path, "limit", "many"), 400, "ValidateError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "dXBkYXRlZF9hdDoxNjc0MTIzNDU2", "AAAAAAAAAAAAAAAAAAAAAAAAAAA", "%%%"})
    void aBadCursorIsRefused(String cursor) {
        assertProblem(caller.get("/customers", "cursor", cursor), 400, "Invalid cursor");
    }

    @Test
    void sortIsRefusedWhereItIsNotOffered() {
        assertThat(caller.get("/customers", "sort", "name").statusCode()).isEqualTo(400);
        assertThat(caller.get("/transactions", "sort", "date").statusCode()).isEqualTo(400);
        assertThat(caller.get("/category_groups", "sort", "id").statusCode()).isEqualTo(400);
    }

    @Test
    void unknownRecordsAndThoseOfOthersAreNotFound() {
        long foreign = sandbox.truth().records(sandbox.companies().get(1).id(), "ledger_entries").findFirst()
                .orElseThrow().json().path("id").asLong();
        assertProblem(caller.get("/ledger_entries/" + foreign), 404, "Couldn't find LedgerEntry with 'id'=" + foreign);
        assertProblem(caller.get("/products/1"), 404, "Not Found");
        assertProblem(caller.get("/customers/1/contacts"), 404, "Couldn't find Customer with 'id'=1");
        assertProblem(caller.get("/nothing"), 404, "Not Found");
        assertThat(caller.get("/customers/abc").statusCode()).isEqualTo(400);
        assertThat(sandbox.requests().all()).anyMatch(request -> request.path().endsWith("/ledger_entries/" + foreign)
                && request.recordCompanyId().orElse(0) == sandbox.companies().get(1).id());
    }

    @Test
    void otherMethodsAreNotAllowed() {
        assertProblem(caller.send("POST", "/customers"), 405, "Method Not Allowed");
        assertProblem(caller.send("DELETE", "/customers/1"), 405, "Method Not Allowed");
    }

    @Test
    void everyAnswerIsDatedAndCarriesTheBudget() {
        for (HttpResponse<String> response : List.of(caller.get("/me"), caller.get("/nothing"),
                new Caller(sandbox.baseUri(), "x").get("/me"))) {
            assertThat(response.headers().map()).containsKeys("date", "ratelimit-limit", "ratelimit-remaining",
                    "ratelimit-reset");
        }
    }

    @Test
    void aLedgerEntryOnItsOwnHoldsItsLines() {
        JsonNode entry = caller.walk("/ledger_entries", "limit", 100).stream()
                .filter(item -> !item.path("date").isNull()).findFirst().orElseThrow();
        JsonNode one = caller.json("/ledger_entries/" + entry.path("id").asLong());
        assertThat(one.path("ledger_entry_lines").size()).isGreaterThan(1);
        assertThat(one.has("journal_id")).isFalse();
    }

    @Test
    void invoiceLinesComeAlongUpToTwenty() {
        JsonNode page = caller.json("/customer_invoices", "limit", 100, "include", "invoice_lines");
        JsonNode included = page.path("included").path("invoice_lines");
        assertThat(included).hasSameSizeAs(page.path("items"));
        JsonNode longOne = Stream.iterate(0, i -> i + 1).limit(page.path("items").size())
                .map(i -> included.path(page.path("items").get(i).path("id").asText()))
                .filter(lines -> lines.path("has_more").asBoolean())
                .findFirst().orElseThrow();
        assertThat(longOne.path("items")).hasSize(20);
        assertThat(longOne.path("next_url").asText()).contains(longOne.path("next_cursor").asText());
        assertThat(caller.get("/customer_invoices", "include", "payments").statusCode()).isEqualTo(400);
    }

    @Test
    void thePeriodOfTheTrialBalanceIsMandatoryAndBothViewsBalance() {
        assertProblem(caller.get("/trial_balance", "period_start", "2026-01-01"), 400, "NotExistRequiredKey");
        assertProblem(caller.get("/trial_balance", "period_start", "x", "period_end", "y"), 400, "InvalidDateFormat");
        List<JsonNode> roots =
                caller.walk("/trial_balance", "period_start", "2024-01-01", "period_end", "2026-12-31", "limit", 7);
        List<JsonNode> split = caller.walk("/trial_balance", "period_start", "2024-01-01", "period_end", "2026-12-31",
                "is_auxiliary", "true");
        assertThat(split.size()).isGreaterThan(roots.size());
        assertThat(roots).extracting(row -> row.path("number").asText()).doesNotHaveDuplicates().isSorted()
                .contains("411", "401");
        for (List<JsonNode> view : List.of(roots, split)) {
            assertThat(Amounts.sum(view, "debits")).isEqualByComparingTo(Amounts.sum(view, "credits"));
            assertThat(Amounts.sum(view, "debits")).isEqualByComparingTo(
                    Amounts.sum(truth("ledger_entry_lines").map(TruthRecord::json).toList(), "debit"));
        }
    }

    @Test
    void changelogsKeepTheirContractWhileNothingChanges() {
        for (String feed : FEEDS) {
            assertThat(caller.json("/changelogs/" + feed).path("has_more").asBoolean()).as(feed).isFalse();
        }
        assertProblem(caller.get("/changelogs/customers", "start_date", "yesterday"), 400, "InvalidDateTimeFormat");
        assertThat(caller.get("/changelogs/customers", "start_date", "2020-01-01T00:00:00Z").statusCode())
                .isEqualTo(422);
    }

    @Test
    void theProAccountListsAreAbsentFromACompanyWithoutIt() {
        assertThat(caller.walk("/pro_account/mandates")).isNotEmpty();
        assertThat(caller.walk("/pro_account/mandate_migrations")).isNotEmpty();
        assertProblem(new Caller(sandbox, 2).get("/pro_account/mandates"), 404, "Not Found");
        assertThat(sandbox.truth().records(sandbox.companies().get(2).id(), "pro_account_mandates")).isEmpty();
    }

    @Test
    void meSaysWhoTheTokenIsFor() {
        JsonNode me = caller.json("/me");
        assertThat(me.path("company").path("id").asLong()).isEqualTo(sandbox.companies().get(0).id());
        assertThat(me.path("scopes")).isNotEmpty();
        assertThat(new Caller(sandbox, 1).json("/me").path("user").isNull()).isTrue();
    }

    /** One reading of everything, a sub-list request per parent, as a careful reader would do it. */
    @Test
    void theDefaultScaleCanBeReadOnceInTwoHundredAndTenRequests() {
        for (int i = 0; i < 3; i++) {
            Caller reader = new Caller(sandbox, i);
            long before = sandbox.requests().total();
            reader.json("/me");
            STREAMS.forEach(stream -> reader.walk("/" + stream,
                    stream.equals("customer_invoices") ? new Object[] {"limit", 100, "include",
                            "invoice_lines"} : new Object[] {"limit", 100}));
            long lists = sandbox.requests().total() - before;
            SandboxCompany company = sandbox.companies().get(i);
            long children = 4 * count(company, "customer_invoices") + 4 * count(company, "supplier_invoices")
                    + 2 * count(company, "quotes")
                    + 2 * count(company, "commercial_documents") + count(company, "billing_subscriptions")
                    + 2 * count(company, "customers")
                    + count(company, "suppliers") + count(company, "transactions");
            assertThat(lists + children).isBetween(120L, 210L);
        }
    }

    @Test
    void idsAreLargeAscendWithGapsAndSomeExceedWhatADoubleHolds() {
        for (String stream : List.of("transactions", "ledger_entries")) {
            List<Long> ids = truth(stream).map(record -> record.json().path("id").asLong()).toList();
            assertThat(ids).isSorted().allMatch(id -> id > 1L << 53);
            assertThat(ids.get(ids.size() - 1) - ids.get(0)).isGreaterThan(ids.size());
        }
        assertThat(new HashSet<>(truth("customer_invoices").map(record -> record.json().path("id").asLong()).toList()))
                .as("an id says nothing without its stream")
                .containsAll(
                        truth("supplier_invoices").map(record -> record.json().path("id").asLong()).limit(5).toList());
    }

    private static long count(SandboxCompany company, String stream) {
        return sandbox.truth().records(company.id(), stream).count();
    }

    private static Stream<TruthRecord> truth(String stream) {
        return sandbox.truth().records(sandbox.companies().get(0).id(), stream);
    }

    /** File URLs differ on every read. */
    private static String withoutFiles(JsonNode node) {
        return node.toString().replaceAll("http://127[^\"]*/files/[^\"]*", "file");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String text) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(text);
    }
}
