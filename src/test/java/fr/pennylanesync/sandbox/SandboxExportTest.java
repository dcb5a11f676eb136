package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Exports are asked for, waited for, fetched and agree with the ledger. */
class SandboxExportTest {

    private static final String YEAR = "{\"period_start\":\"2025-01-01\",\"period_end\":\"2025-12-31\"}";

    private final AdjustableClock clock = AdjustableClock.stoppedAt(Instant.parse("2026-11-20T10:00:00Z"));
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(2).withClock(clock));
        caller = new Caller(sandbox, 0);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void anExportIsPendingThenReadyWithAFreshUrlEachTime() {
        JsonNode created = ask("fecs", YEAR);
        assertThat(created.path("status").asText()).isEqualTo("pending");
        assertThat(created.has("file_url")).isFalse();
        String path = "/exports/fecs/" + created.path("id");
        assertThat(caller.json(path).path("file_url").isNull()).isTrue();
        clock.advance(Duration.ofSeconds(2));
        JsonNode ready = caller.json(path);
        assertThat(ready.path("status").asText()).isEqualTo("ready");
        String again = caller.json(path).path("file_url").asText();
        assertThat(ready.path("file_url").asText()).isNotEqualTo(again);
        assertThat(Caller.download(again).body()).isEqualTo(Caller.download(ready.path("file_url").asText()).body());
        clock.advance(Duration.ofMinutes(31));
        assertThat(Caller.download(again).statusCode()).isEqualTo(403);
        assertThat(caller.get("/exports/general_ledgers/" + created.path("id")).statusCode()).isEqualTo(404);
        assertThat(new Caller(sandbox, 1).get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theFecHoldsEveryLineOfThePeriodInTheLegalFormat() {
        List<String[]> rows = fec();
        assertThat(rows.get(0)).containsExactly("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum",
                "CompteLib", "CompAuxNum",
                "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
                "ValidDate", "Montantdevise", "Idevise");
        List<String[]> lines = rows.subList(1, rows.size());
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line).hasSize(18);
            assertThat(line[3]).matches("2025\\d{4}");
            assertThat(line[11]).matches("\\d+,\\d{2}");
            assertThat(line[12]).matches("\\d+,\\d{2}");
            assertThat(List.of(line[0], line[1], line[4], line[5], line[8], line[9], line[10])).doesNotContain("");
            assertThat(line[6].isEmpty()).isEqualTo(line[7].isEmpty());
            assertThat(line[13].isEmpty()).isEqualTo(line[14].isEmpty());
        });
        assertThat(lines).extracting(line -> line[3]).isSorted();
        assertThat(lines.stream().map(line -> Integer.valueOf(line[2])).distinct().toList()).as("numbers without gaps")
                .isEqualTo(IntStream.rangeClosed(1, Integer.parseInt(lines.get(lines.size() - 1)[2])).boxed().toList());
        assertThat(lines).anyMatch(line -> line[4].equals("411") && line[6].startsWith("411"))
                .anyMatch(line -> !line[13].isEmpty());
    }

    @Test
    void theFecAgreesWithTheTrialBalance() {
        Map<String, BigDecimal> fromFec = new TreeMap<>();
        fec().stream().skip(1)
                .forEach(line -> fromFec.merge(line[4], amount(line[11]).subtract(amount(line[12])), BigDecimal::add));
        Map<String, BigDecimal> balance =
                caller.walk("/trial_balance", "period_start", "2025-01-01", "period_end", "2025-12-31", "limit", 1000)
                        .stream()
                        .collect(Collectors.toMap(row -> row.path("number").asText(),
                                row -> Amounts.of(row, "debits").subtract(Amounts.of(row, "credits")).setScale(2),
                                BigDecimal::add, TreeMap::new));
        assertThat(fromFec).isEqualTo(balance);
    }

    @Test
    void anExportShowsTheLedgerAsItWasWhenAskedFor() {
        JsonNode created = ask("fecs", YEAR);
        clock.advance(Duration.ofSeconds(5));
        byte[] before = Caller.download(url("fecs", created)).body();
        sandbox.mutate(sandbox.companies().get(0).id(), new Random(1), 300);
        assertThat(Caller.download(url("fecs", created)).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"general_ledgers", "analytical_general_ledgers"})
    void theLedgersAreWorkbooksThatAgreeWithTheLines(String kind) throws Exception {
        JsonNode created = ask(kind, YEAR);
        clock.advance(Duration.ofSeconds(5));
        HttpResponse<byte[]> file = Caller.download(url(kind, created));
        assertThat(file.headers().firstValue("content-type").orElse("")).contains("spreadsheetml");
        var rows = sheet(file.body()).getElementsByTagName("row");
        long lines = truthLines();
        assertThat((long) rows.getLength()).isGreaterThan(lines);
        assertThat(kind.equals("general_ledgers")).isEqualTo(rows.getLength() == lines + 1);
    }

    @Test
    void theAnalyticalLedgerComesInColumnsToo() throws Exception {
        JsonNode created = ask("analytical_general_ledgers", YEAR.replace("}", ",\"mode\":\"in_column\"}"));
        clock.advance(Duration.ofSeconds(5));
        var rows =
                sheet(Caller.download(url("analytical_general_ledgers", created)).body()).getElementsByTagName("row");
        assertThat((long) rows.getLength()).isEqualTo(truthLines() + 1);
        assertThat(rows.item(0).getChildNodes().getLength()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"fecs|{}|400|NotExistRequiredKey", "fecs|nonsense|400|ValidateError",
            "fecs|{\"period_start\":\"2025\",\"period_end\":\"2025-12-31\"}|400|InvalidDateFormat",
            "fecs|{\"period_start\":\"2025-02-01\",\"period_end\":\"2025-01-01\"}|422|period_end must be after "
                    + "period_start",
            "fecs|{\"period_start\":\"2025-01-01\",\"period_end\":\"2025-12-31\",\"mode\":\"in_line\"}|400|"
                    + "NotExistPropertyDefinition",
            "analytical_general_ledgers|{\"period_start\":\"2025-01-01\",\"period_end\":\"2025-12-31\","
                    + "\"mode\":\"up\"}|400|NotEnumInclude"})
    void wrongRequestsAreRefused(String kind, String body, int status, String text) {
        HttpResponse<String> response = caller.post("/exports/" + kind, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(text);
    }

    @Test
    void eachExportNeedsItsScope() {
        sandbox.setScopes(sandbox.companies().get(0).id(), List.of("exports:fec"));
        assertThat(caller.post("/exports/fecs", YEAR).statusCode()).isEqualTo(201);
        assertThat(caller.post("/exports/general_ledgers", YEAR).statusCode()).isEqualTo(403);
    }

    private JsonNode ask(String kind, String body) {
        HttpResponse<String> response = caller.post("/exports/" + kind, body);
        assertThat(response.statusCode()).isEqualTo(201);
        return Caller.parse(response.body());
    }

    private String url(String kind, JsonNode created) {
        return caller.json("/exports/" + kind + "/" + created.path("id")).path("file_url").asText();
    }

    private List<String[]> fec() {
        JsonNode created = ask("fecs", YEAR);
        clock.advance(Duration.ofSeconds(5));
        String text = new String(Caller.download(url("fecs", created)).body(), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\r\n")).map(row -> row.split("\t", -1)).toList();
    }

    private long truthLines() {
        return sandbox.truth().records(sandbox.companies().get(0).id(), "ledger_entry_lines")
                .filter(line -> line.json().path("date").asText().startsWith("2025")).count();
    }

    private static Document sheet(byte[] workbook) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("xl/worksheets/sheet1.xml")) {
                    return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                            .parse(new ByteArrayInputStream(zip.readAllBytes()));
                }
            }
        }
        throw new IOException("no sheet");
    }

    private static BigDecimal amount(String text) {
        return new BigDecimal(text.replace(',', '.'));
    }
}
