package fr.pennylanesync.audit;

import fr.pennylanesync.failure.SyncException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads a file of accounting entries as article A47 A-1 of the Livre des procédures fiscales allows it: separated by
 * tabulators or by {@code |}, in UTF-8 or ISO-8859-15, with any end of line, decimals with a comma or a point,
 * {@code Debit} and {@code Credit} or {@code Montant} and {@code Sens}, further columns behind the eighteen. A quote is
 * a character like any other.
 */
final class FecParser {

    private static final Charset LATIN_9 = Charset.forName("ISO-8859-15");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int BUFFER = 64 * 1024;
    private static final Pattern AMOUNT = Pattern.compile("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)");
    private static final Pattern SPACES = Pattern.compile("[\\s\u00a0\u202f]");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final List<String> columns;
    private final String separator;
    private final Consumer<FecLine> lines;
    private int row = 1;

    private FecParser(String header, Consumer<FecLine> lines) {
        this.separator = header.indexOf('\t') >= 0 ? "\t" : "|";
        this.columns = fields(header).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        this.lines = lines;
        for (String needed : List.of("journalcode", "ecrituredate", "comptenum", "compauxnum")) {
            require(columns.contains(needed));
        }
        require(columns.contains("debit") && columns.contains("credit")
                || columns.contains("montant") && columns.contains("sens"));
    }

    /**
     * Reads a file to its end.
     *
     * @throws SyncException FEC_UNREADABLE naming the row, never what it holds
     */
    static void read(Path file, Consumer<FecLine> lines) {
        try (BufferedReader text = Files.newBufferedReader(file, charset(file))) {
            String header = text.readLine();
            if (header == null) {
                throw unreadable(1);
            }
            FecParser parser = new FecParser(header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header, lines);
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                parser.row++;
                if (!line.isBlank()) {
                    parser.line(parser.fields(line));
                }
            }
        } catch (IOException broken) {
            throw unreadable(0);
        }
    }

    /** Latin text with an accent is no UTF-8, so whatever is UTF-8 throughout is taken for it. */
    private static Charset charset(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer characters = CharBuffer.allocate(BUFFER);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            boolean ended = false;
            while (!ended) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult result = decoder.decode(bytes, characters.clear(), ended);
                if (result.isError()) {
                    return LATIN_9;
                }
                bytes.compact();
            }
        }
        return StandardCharsets.UTF_8;
    }

    private List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
            fields.add(line.substring(from, at));
            from = at + 1;
        }
        fields.add(line.substring(from));
        return fields;
    }

    private void line(List<String> fields) {
        require(fields.size() >= columns.size());
        String auxiliary = field(fields, "compauxnum");
        lines.accept(new FecLine(field(fields, "journalcode"), day(field(fields, "ecrituredate")),
                auxiliary.isEmpty() ? field(fields, "comptenum") : auxiliary, debit(fields), credit(fields)));
    }

    private BigDecimal debit(List<String> fields) {
        return columns.contains("debit") ? amount(field(fields, "debit")) : side(fields, true);
    }

    private BigDecimal credit(List<String> fields) {
        return columns.contains("credit") ? amount(field(fields, "credit")) : side(fields, false);
    }

    /** {@code Sens} says {@code D} or {@code C}, or +1 or -1. */
    private BigDecimal side(List<String> fields, boolean debit) {
        String side = field(fields, "sens").toUpperCase(Locale.ROOT);
        boolean isDebit = List.of("D", "+1", "1").contains(side);
        require(isDebit || List.of("C", "-1").contains(side));
        return isDebit == debit ? amount(field(fields, "montant")) : BigDecimal.ZERO;
    }

    private String field(List<String> fields, String column) {
        return fields.get(columns.indexOf(column)).strip();
    }

    private LocalDate day(String text) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException noDay) {
            throw unreadable(row);
        }
    }

    private BigDecimal amount(String text) {
        String plain = SPACES.matcher(text).replaceAll("");
        if (plain.isEmpty()) {
            return BigDecimal.ZERO;
        }
        require(AMOUNT.matcher(plain).matches());
        return new BigDecimal(plain.replace(',', '.'));
    }

    private void require(boolean holds) {
        if (!holds) {
            throw unreadable(row);
        }
    }

    private static SyncException unreadable(int row) {
        return new SyncException(AuditErrorCode.FEC_UNREADABLE, row == 0 ? "" : "row " + row);
    }
}
