package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.report.StatusReport.CompanyStatus;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTextTest {

    private static final Instant NOW = Instant.parse("2026-11-27T22:00:00Z");
    private static final StatusText.Files FILES = new StatusText.Files(1_234, 5, 1);
    private static final AnchorStatus ANCHORED =
            new AnchorStatus(Optional.of(NOW.minus(Duration.ofMinutes(4))), Optional.empty());
    private static final String LONG = "billing_subscriptions_invoice_line_sections";

    private final CompanyStatus well = new CompanyStatus(51_020, "acme", "ACTIVE", Optional.empty(),
            List.of(stream("customers", 12, 0, Optional.empty()), stream(LONG, 123_456_789, 0, Optional.empty())),
            Optional.of(NOW), List.of());
    private final CompanyStatus ill = new CompanyStatus(9_007_199_254_740_993L,
            "an-alias-as-long-as-an-alias-may-be-which-is-sixty-three-letters", "ACTIVE", Optional.empty(),
            List.of(stream("journals", 3, 0, Optional.empty()),
                    stream("quotes", 3, 2, Optional.of("SERVER_ERROR"))),
            Optional.empty(), List.of());

    @Test
    void theWholeComesFirstAndThenOnlyWhatNeedsAttention() {
        List<String> lines = lines(80, List.of(well, ill), Map.of(), false);

        assertThat(lines.subList(0, 7)).containsExactly("companies   2: 2 ACTIVE", "streams     4: 4 LIVE",
                "rows        123,456,807, and 0 records and sub-lists to read", "oldest lag  2 min (acme customers)",
                "quarantine  2 open entries", "files       1,234 archived, 5 pending, 1 failed",
                "proof       anchored 4 min ago, at 2026-11-27T21:56:00Z");
        assertThat(lines).noneMatch(line -> line.contains("journals") || line.contains("51020"));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("      SERVER_ERROR; 2 in quarantine");
        assertThat(lines).anyMatch(line -> line.startsWith("  quotes "));
    }

    @Test
    void aCompanySaysWhatIsCompleteAndHowLongTheRestTakes() {
        WorkLeft left = new WorkLeft(Optional.of(LocalDate.of(2025, 3, 31)), Optional.of(LocalDate.of(2026, 1, 2)),
                58_800, 4.9, false, false);
        List<String> lines = lines(200, List.of(well), Map.of(51_020L, left), false);

        assertThat(lines).contains(
                "  lists complete as of 2026-11-27T22:00:00Z; sub-lists of documents after 2025-03-31;"
                        + " files of documents after 2026-01-02",
                "  58,800 requests to go, 3 h 20 min at 4.9 a second");
        assertThat(lines(200, List.of(ill), Map.of(ill.id(), new WorkLeft(Optional.empty(), Optional.empty(), 7, 5,
                true, true)), false)).contains("  lists are being read for the first time",
                        "  at least 7 requests to go, 1 s at 5.0 a second: how many follow is known once"
                                + " more of the lists is read");
    }

    /** Somebody would wonder why these tables are empty. */
    @Test
    void whatOnlyTheDataSharingHasIsNamedWhereThatIsNotThere() {
        CompanyStatus alone = new CompanyStatus(7, "alone", "ACTIVE", Optional.empty(), well.streams(),
                Optional.of(NOW), List.of("analytical_ledger", "tax_declarations"));

        List<String> lines = lines(80, List.of(well, alone), Map.of(), true);

        assertThat(lines).contains("streams     4: 4 LIVE; 2 tables only by the data sharing",
                "  empty without the data sharing: analytical_ledger, tax_declarations");
        assertThat(lines(80, List.of(well), Map.of(), true))
                .noneMatch(line -> line.contains("data sharing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 200})
    void everyLineFits(int columns) {
        assertThat(lines(columns, List.of(well, ill), Map.of(), true).stream().skip(7))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Math.max(columns, 58)));
        assertThat(lines(columns, List.of(ill), Map.of(), true)).as("the summary too")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Math.max(columns, 80)));
    }

    /** A terminal of the usual width shows every name whole. */
    @Test
    void namesAreWholeAndColumnsStandBelowEachOther() {
        List<String> lines = lines(80, List.of(well), Map.of(), true);

        assertThat(lines).contains("  stream                                      state          rows    age    lag",
                "  customers                                   LIVE             12  1 min  2 min",
                "  " + LONG + " LIVE     123,456,789  1 min  2 min");
    }

    @Test
    void warningsFitToo() {
        StringWriter text = new StringWriter();
        StatusText.printWarnings(new PrintWriter(text, true), List.of(new Warning("STREAM_STALE",
                "company 51020 (acme) stream customer_invoices", Optional.of(NOW),
                "look at the budget and at what runs before it, then at the log of the last three syncs")));

        assertThat(text.toString().lines()).hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void allIsWellWhereNothingNeedsAttention() {
        assertThat(StatusText.allIsWell(List.of(well), List.of())).contains("All is well.");
        assertThat(StatusText.allIsWell(List.of(well, ill), List.of())).isEmpty();
    }

    /** As they stand below each other. */
    private static List<String> lines(int columns, List<CompanyStatus> companies, Map<Long, WorkLeft> left,
            boolean all) {
        StatusText text = new StatusText(new Terminal(true, columns, true, false));
        return Stream.of(text.summary(companies), List.of(text.files(FILES), text.proof(ANCHORED, NOW)),
                text.companies(companies, left, all)).flatMap(List::stream).toList();
    }

    private static StreamStatus stream(String name, long rows, long quarantined, Optional<String> error) {
        return new StreamStatus(name, StreamState.LIVE, Optional.of("changes 2026-11-27T21:00:00Z"), Optional.of(NOW),
                Optional.of(Duration.ofMinutes(1)), Optional.of(Duration.ofMinutes(2)), rows, 0, quarantined, 0, error,
                Optional.empty(), Optional.empty(), 0, Optional.empty());
    }
}
