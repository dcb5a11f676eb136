package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The made-up books hold together. */
class SandboxBooksTest {

    private static Sandbox sandbox;
    private static long company;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(2).withRecords(3_000));
        company = sandbox.companies().get(1).id();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void everyEntryBalancesToTheCent() {
        Map<Long, BigDecimal> balances = new HashMap<>();
        truth("ledger_entry_lines").forEach(line -> balances.merge(line.path("ledger_entry").path("id").asLong(),
                Amounts.of(line, "debit").subtract(Amounts.of(line, "credit")), BigDecimal::add));
        assertThat(balances).isNotEmpty();
        assertThat(balances.values()).allMatch(balance -> balance.signum() == 0);
        assertThat(truth("ledger_entry_lines").count()).isBetween(2_900L, 3_200L);
    }

    @Test
    void invoicesPointToTheirEntryAndItsAmount() {
        Map<Long, List<ObjectNode>> lines = truth("ledger_entry_lines")
                .collect(Collectors.groupingBy(line -> line.path("ledger_entry").path("id").asLong()));
        truth("customer_invoices").filter(invoice -> !invoice.path("draft").asBoolean())
                .forEach(invoice -> assertThat(lines.get(invoice.path("ledger_entry").path("id").asLong()))
                        .filteredOn(line -> line.path("ledger_account").path("number").asText().startsWith("411"))
                        .singleElement()
                        .satisfies(line -> assertThat(Amounts.of(line, "debit").subtract(Amounts.of(line, "credit")))
                                .isEqualByComparingTo(Amounts.of(invoice, "amount"))));
        assertThat(truth("customer_invoices").filter(invoice -> invoice.path("draft").asBoolean()))
                .isNotEmpty().allMatch(draft -> draft.path("date").isNull() && draft.path("ledger_entry").isNull());
    }

    @Test
    void letteredLinesBalanceAndNameEachOther() {
        Map<Long, ObjectNode> lines =
                truth("ledger_entry_lines").collect(Collectors.toMap(line -> line.path("id").asLong(), line -> line));
        List<ObjectNode> lettered = lines.values().stream().filter(line -> !letters(line).isEmpty()).toList();
        assertThat(lettered).isNotEmpty();
        for (ObjectNode line : lettered) {
            assertThat(letters(line)).contains(line.path("id").asLong());
            List<ObjectNode> group = letters(line).stream().map(lines::get).toList();
            assertThat(group).hasSizeGreaterThan(1).allMatch(other -> letters(other).equals(letters(line)));
            assertThat(Amounts.sum(group, "debit")).isEqualByComparingTo(Amounts.sum(group, "credit"));
        }
    }

    @Test
    void matchesAreTheSameFromBothSides() {
        List<String> fromTransactions = records("transactions_matched_invoices")
                .map(record -> record.json().path("type").asText() + record.json().path("id") + "-" + record.parentId())
                .sorted().toList();
        List<String> fromInvoices = Stream.concat(
                records("customer_invoices_matched_transactions")
                        .map(record -> "customer" + record.parentId() + "-" + record.json().path("id")),
                records("supplier_invoices_matched_transactions")
                        .map(record -> "supplier" + record.parentId() + "-" + record.json().path("id")))
                .sorted().toList();
        assertThat(fromTransactions).isNotEmpty().isEqualTo(fromInvoices);
        assertThat(records("transactions_matched_invoices")
                .collect(Collectors.groupingBy(TruthRecord::parentId, Collectors.counting())).values())
                .as("some transfers pay several invoices").contains(2L);
    }

    @Test
    void weightsOfCategoriesSumToOne() {
        for (String stream : List.of("customer_invoices_categories", "transactions_categories",
                "ledger_entry_lines_categories", "customers_categories")) {
            Map<String, BigDecimal> sums = new HashMap<>();
            records(stream).forEach(
                    record -> sums.merge(record.parentId() + "/" + record.json().path("category_group").path("id"),
                            Amounts.of(record.json(), "weight"), BigDecimal::add));
            assertThat(sums).isNotEmpty();
            assertThat(sums.values()).as(stream).allMatch(sum -> sum.compareTo(BigDecimal.ONE) == 0);
        }
    }

    @Test
    void officialNumbersAreValid() {
        truth("suppliers").forEach(supplier -> {
            assertThat(luhn(supplier.path("reg_no").asText())).isZero();
            assertThat(luhn(supplier.path("establishment_no").asText())).isZero();
            long siren = supplier.path("reg_no").asLong();
            assertThat(supplier.path("vat_number").asText())
                    .isEqualTo("FR%02d%09d".formatted((12 + 3 * (siren % 97)) % 97, siren));
            assertThat(ibanRemainder(supplier.path("iban").asText())).isEqualTo(1);
        });
    }

    @Test
    void invoicesComeInAllKinds() {
        List<ObjectNode> invoices = truth("customer_invoices").toList();
        assertThat(invoices)
                .anyMatch(invoice -> !invoice.path("currency").asText().equals("EUR")
                        && !invoice.path("exchange_rate").asText().equals("1.0"))
                .anyMatch(invoice -> !invoice.path("archived_at").isNull())
                .anyMatch(invoice -> invoice.path("discount").path("type").asText().equals("relative"))
                .anyMatch(invoice -> !invoice.path("credited_invoice").isNull()
                        && Amounts.of(invoice, "amount").signum() < 0)
                .anyMatch(invoice -> invoice.path("status").asText().equals("partially_paid"));
        assertThat(records("customer_invoices_invoice_lines")
                .collect(Collectors.groupingBy(TruthRecord::parentId, Collectors.counting())).values())
                .anyMatch(count -> count > 20);
        assertThat(truth("transactions")).anyMatch(transaction -> !transaction.path("pro_account_expense").isNull())
                .anyMatch(transaction -> !transaction.path("fee").isNull())
                .anyMatch(transaction -> !transaction.path("archived_at").isNull());
        assertThat(truth("ledger_accounts")).anyMatch(account -> account.path("number").asText().equals("401OFFIC"));
    }

    @Test
    void undiscountedLinesAddUpToTheInvoice() {
        Map<Long, List<TruthRecord>> lines =
                records("customer_invoices_invoice_lines").collect(Collectors.groupingBy(TruthRecord::parentId));
        truth("customer_invoices").filter(invoice -> invoice.path("discount").path("type").asText().equals("absolute"))
                .forEach(invoice -> assertThat(
                        Amounts.sum(lines.get(invoice.path("id").asLong()).stream().map(TruthRecord::json).toList(),
                                "currency_amount"))
                        .isEqualByComparingTo(Amounts.of(invoice, "currency_amount")));
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
        assertThat(everything(SandboxOptions.defaults())).isEqualTo(everything(SandboxOptions.defaults()))
                .isNotEqualTo(everything(SandboxOptions.defaults().withSeed(43)));
    }

    @Test
    void awkwardTextsAreThereUnlessRefused() {
        String awkward = everything(SandboxOptions.defaults().withCompanies(1));
        assertThat(awkward).contains("zéro\\u0000ici", "demi\ud800paire", "شركة", "🎉");
        String plain = everything(SandboxOptions.defaults().withCompanies(1).withAwkwardText(false));
        assertThat(plain).doesNotContain("\\u0000", "\ud800paire", "شركة").contains("🎉", "l'été à Évreux")
                .containsPattern("[^\"]{1500}");
    }

    @Test
    void loneSurrogatesTravelAsEscapes() {
        try (Sandbox awkward = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF))) {
            String body = String.join("", Stream
                    .of("customer_invoices", "ledger_entry_lines", "ledger_entries", "ledger_accounts", "transactions")
                    .map(stream -> new Caller(awkward, 0).get("/" + stream, "limit", 100).body()).toList());
            assertThat(body).contains("\\ud800paire").contains("\\u0000");
        }
    }

    @Test
    void canariesArePlantedWhereAsked() {
        Canaries canaries =
                new Canaries("NAMECANARY", "LABELCANARY", "canary@canary.example", "FR7612345000010000000000097");
        String all = everything(SandboxOptions.defaults().withCompanies(1).withCanaries(canaries));
        assertThat(all).contains("NAMECANARY", "LABELCANARY", "canary@canary.example", "FR7612345000010000000000097");
    }

    private static String everything(SandboxOptions options) {
        try (Sandbox one = Sandbox.start(options)) {
            return one.companies().stream().map(SandboxCompany::id).flatMap(id -> one.truth().streams().stream()
                    .flatMap(stream -> one.truth().records(id, stream)))
                    .map(record -> record.parentId() + " " + record.json())
                    .collect(Collectors.joining("\n")).replaceAll("http://127.0.0.1:\\d+(/files/[^\"]*)?", "");
        }
    }

    private static List<Long> letters(JsonNode line) {
        JsonNode ids = line.path("lettered_ledger_entry_lines").path("ids");
        return Stream.iterate(0, i -> i + 1).limit(ids.size()).map(i -> ids.get(i).asLong()).toList();
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10;
    }

    private static int ibanRemainder(String iban) {
        String digits = (iban.substring(4) + iban.substring(0, 4)).chars()
                .mapToObj(c -> Integer.toString(Character.getNumericValue(c)))
                .collect(Collectors.joining());
        return new BigInteger(digits).mod(BigInteger.valueOf(97)).intValue();
    }

    private static Stream<ObjectNode> truth(String stream) {
        return records(stream).map(TruthRecord::json);
    }

    private static Stream<TruthRecord> records(String stream) {
        return sandbox.truth().records(company, stream);
    }
}
