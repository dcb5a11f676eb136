package fr.pennylanesync.sandbox.export;

import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.LedgerSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of accounting entries that French tax law asks for (article A47 A-1 of the Livre des procédures fiscales):
 * 18 columns separated by tabulators, a header, dates as {@code yyyyMMdd}, amounts with a comma, entries numbered
 * without gaps. UTF-8. Lines of third parties bear their root account and, as auxiliary account, their own. Amounts in
 * another currency are left empty.
 */
final class FecFile {

    static final List<String> COLUMNS = List.of("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum",
            "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
            "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise");

    private final LedgerSnapshot ledger;
    private final Letterings letterings;
    private final Map<String, LedgerAccount> accountsByNumber = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    private final FecForm form;

    private FecFile(LedgerSnapshot ledger, FecForm form) {
        this.ledger = ledger;
        this.form = form;
        this.letterings = new Letterings(ledger);
        ledger.accounts().values().forEach(account -> accountsByNumber.put(account.number(), account));
    }

    static byte[] write(LedgerSnapshot ledger, FecForm form) {
        FecFile file = new FecFile(ledger, form);
        if (form.foreign()) {
            file.text.append('\uFEFF');
        }
        file.row(file.columns());
        for (int i = 0; i < ledger.entries().size(); i++) {
            LedgerSnapshot.BookedEntry booked = ledger.entries().get(i);
            for (LedgerLine line : booked.lines()) {
                file.line(i + 1, booked.entry(), line);
            }
        }
        return file.text.toString().getBytes(form.charset());
    }

    private Stream<String> columns() {
        List<String> names = new ArrayList<>(COLUMNS);
        if (form.sides()) {
            names.set(names.indexOf("Debit"), "Montant");
            names.set(names.indexOf("Credit"), "Sens");
        }
        if (form.foreign()) {
            names.replaceAll(name -> name.toUpperCase(Locale.ROOT));
        }
        return names.stream();
    }

    /** The two fields of a line's amount. */
    private List<String> amounts(LedgerLine line) {
        if (form.sides()) {
            return line.credit() == 0 ? List.of(amount(line.debit()), "D") : List.of(amount(line.credit()), "C");
        }
        return List.of(amount(line.debit()), amount(line.credit()));
    }

    private String amount(long cents) {
        return form.decimalComma() ? Cents.comma(cents) : Cents.point(cents);
    }

    private void line(int number, LedgerEntry entry, LedgerLine line) {
        LedgerAccount account = ledger.accounts().get(line.accountId());
        LedgerAccount general = account.letterable() ? accountsByNumber.getOrDefault(account.rootNumber(), account)
                : account;
        boolean auxiliary = general != account;
        boolean lettered = Letterings.isLettered(line);
        String code = Objects.requireNonNullElse(journalText(entry, Journal::code), "OD");
        String piece = Stream.of(entry.pieceNumber(), entry.invoiceNumber(), "E" + entry.id()).filter(Objects::nonNull)
                .findFirst().orElseThrow();
        row(Stream.of(code, Objects.requireNonNullElse(journalText(entry, Journal::label), code),
                Integer.toString(number), day(entry.date()), general.number(), general.label(), auxiliary
                        ? account.number()
                        : "",
                auxiliary ? account.label() : "", piece, day(entry.date()), line.label()
                        .isBlank() ? code : line.label(),
                amounts(line).get(0), amounts(line).get(1), lettered
                        ? letterings.code(line)
                        : "",
                lettered ? day(letterings.micros(line)) : "",
                "validation_needed".equals(entry.status()) ? "" : day(entry.stamps().createdMicros()), "", ""));
    }

    private String journalText(LedgerEntry entry, Function<Journal, String> part) {
        Journal journal = ledger.journals().get(entry.journalId());
        return journal == null ? null : part.apply(journal);
    }

    private void row(Stream<String> fields) {
        text.append(fields.map(this::clean).collect(Collectors.joining(String.valueOf(form.separator()))));
        text.append(form.foreign() ? form.separator() + "SECTION" : "").append(form.lineEnd());
    }

    /** Nothing in a field may look like a separator. */
    private String clean(String field) {
        return field.replaceAll("\\p{Cntrl}+", " ").replace(form.separator(), ' ').strip();
    }

    private static String day(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String day(long micros) {
        return day(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
