package fr.pennylanesync.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form that the law allows means the same lines; what is no such file is refused by its row. */
class FecParserTest {

    private static final String HEADER = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|"
            + "CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|"
            + "Montantdevise|Idevise";
    private static final String SIDES = HEADER.replace("Debit|Credit", "Montant|Sens");
    private static final FecLine SALE = new FecLine("VE", LocalDate.of(2025, 2, 28), "411DUP",
            new BigDecimal("1234.50"), BigDecimal.ZERO);

    private static String row(String amounts) {
        return "VE|Ventes|1|20250228|411|Clients|411DUP|Société \"Dupont\"|F1|20250228|Facture d'été|" + amounts
                + "|A|20250301|20250301||";
    }

    private static List<FecLine> read(byte[] content) {
        try {
            Path file = Files.createTempFile("fec", ".txt");
            try {
                Files.write(file, content);
                List<FecLine> lines = new ArrayList<>();
                FecParser.read(file, lines::add);
                return lines;
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<FecLine> read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234,50|0,00", "1234.5|0", "1 234,50|", "+1234,50|0", "01234,500|,00", "1\u00a0234,5|0."})
    void amountsMeanTheSameHoweverTheyAreWritten(String amounts) {
        assertThat(read(HEADER + "\r\n" + row(amounts) + "\r\n")).containsExactly(SALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234,50|D", "1234,50|d", "1234,50|+1", "1234,50|1"})
    void anAmountMayHaveASideInstead(String amounts) {
        assertThat(read(SIDES + "\n" + row(amounts) + "\n" + row("1234,50|C") + "\n" + row("1234,5|-1")))
                .containsExactly(SALE, new FecLine("VE", SALE.date(), "411DUP", BigDecimal.ZERO, SALE.debit()),
                        new FecLine("VE", SALE.date(), "411DUP", BigDecimal.ZERO, SALE.debit()));
    }

    @Test
    void separatorsEndsOfLineAndCharactersMayDiffer() {
        String text = HEADER + "\r\n" + row("1234,50|0") + "\r\n";
        assertThat(read(text.replace('|', '\t'))).containsExactly(SALE);
        assertThat(read(text.replace("\r\n", "\n"))).containsExactly(SALE);
        assertThat(read(text.replace("\r\n", "\r"))).containsExactly(SALE);
        assertThat(read("\uFEFF" + text)).containsExactly(SALE);
        assertThat(read(text.getBytes(Charset.forName("ISO-8859-15")))).containsExactly(SALE);
        assertThat(read(text.replace("JournalCode", "JOURNALCODE").replace("Debit", " debit ")))
                .containsExactly(SALE);
        assertThat(read(text + "\r\n\r\n")).as("empty rows at the end").containsExactly(SALE);
    }

    @Test
    void furtherColumnsAndALineWithoutThirdPartyAreRead() {
        String header = HEADER + "|DateRglt|ModeRglt";
        String bank = "BQ|Banque|2|20250301|512|Banque|||F1|20250301|\"Virement|0,00|1234,50|||20250301|||20250302|VIR";
        assertThat(read(header + "\n" + bank)).containsExactly(new FecLine("BQ", LocalDate.of(2025, 3, 1), "512",
                BigDecimal.ZERO, new BigDecimal("1234.5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"douze|0", "1,2,3|0", "1e3|0", "12|"})
    void whatIsNoAmountIsRefusedByItsRow(String amounts) {
        String text = HEADER + "\n" + row("1|0") + "\n"
                + (amounts.equals("12|") ? "VE|Ventes|1|20250228" : row(amounts));
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(SyncException.class, refused -> {
            assertThat(refused.code()).isEqualTo(AuditErrorCode.FEC_UNREADABLE);
            assertThat(refused.getMessage()).contains("row 3").doesNotContain("douze", "Ventes");
        });
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        for (String other : List.of("", "{\"error\": 1}", "<html></html>", HEADER.replace("CompteNum", "Compte"),
                HEADER.replace("Sens", "x").replace("Credit", "x"))) {
            assertThatThrownBy(() -> read(other)).isInstanceOf(SyncException.class);
        }
        assertThatThrownBy(() -> read(HEADER + "\n" + row("1|0").replace("20250228", "20250230")))
                .isInstanceOf(SyncException.class);
    }

    @Property
    void everyAmountComesBackToTheCent(@ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long cents,
            @ForAll @IntRange(min = 0, max = 1) int point, @ForAll @IntRange(min = 1, max = 366) int day) {
        BigDecimal amount = BigDecimal.valueOf(cents, 2);
        String written = point == 0 ? amount.toPlainString() : amount.toPlainString().replace('.', ',');
        String date = LocalDate.ofYearDay(2024, day).toString();
        String text = HEADER + "\n" + row(written + "|0").replaceFirst("20250228", date.replace("-", ""));
        assertThat(read(text)).containsExactly(new FecLine("VE", LocalDate.parse(date), "411DUP", amount,
                BigDecimal.ZERO));
    }
}
