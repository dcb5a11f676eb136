package fr.pennylanesync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever Pennylane exports, it is lines or a row that is no line. */
public class FecParserFuzzTest {

    private static final Path FILE = Jimfs.newFileSystem(Configuration.unix()).getPath("/fec.txt");
    private static final String HEADER = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|"
            + "CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|"
            + "Montantdevise|Idevise\n";
    private static final String ROW = "VE|Ventes|1|20250228|411|Clients|411DUP|Soci\u00e9t\u00e9|F1|20250228|Facture|"
            + "1234,50|0.00|A|20250301|20250301||\r\n";
    private static final Mutations EXPORTS = Mutations.of(
            List.of(HEADER + ROW + ROW, "\ufeff" + HEADER.replace('|', '\t') + ROW.replace('|', '\t'),
                    HEADER.replace("Debit|Credit", "Montant|Sens") + ROW.replace("1234,50|0.00", "12|D")),
            "|", "\t", "\n", "\r", "20250230", "20250228+0100", "20250228Z", "1 234,5", "1,2,3", "-.5", ".", "\u00a0",
            "\u00e9",
            "Sens", "Montant", "-1", "D", "\"");

    @Property(tries = 500)
    void anExportIsLinesOrUnreadable(@ForAll("exports") byte[] export) throws IOException {
        fuzzerTestOneInput(export);
    }

    @Provide
    Arbitrary<byte[]> exports() {
        return EXPORTS.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] export) throws IOException {
        Files.write(FILE, export);
        List<FecLine> lines = new ArrayList<>();
        try {
            FecParser.read(FILE, lines::add);
        } catch (SyncException refused) {
            assertThat(refused.code()).isEqualTo(AuditErrorCode.FEC_UNREADABLE);
        }
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.date().getYear()).isBetween(0, 9_999);
            assertThat(line.debit().scale()).isLessThan(export.length);
        });
    }
}
