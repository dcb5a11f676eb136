package fr.pennylanesync.sandbox.export;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.Export;
import fr.pennylanesync.sandbox.books.ExportKind;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.LedgerSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The general ledger and the analytical one as a sheet. Pennylane publishes neither's columns: these are plausible. The
 * analytical one has a row for each allocation of a line or, in columns, a column for each axis.
 */
final class LedgerSheet {

    private static final List<String> COLUMNS = List.of("Date", "Journal", "Compte", "Libellé du compte", "Pièce",
            "Libellé", "Débit", "Crédit", "Lettrage", "Identifiant de ligne");

    private final Export export;
    private final LedgerSnapshot ledger;
    private final Letterings letterings;
    private final Workbook workbook = new Workbook();

    private LedgerSheet(Export export) {
        this.export = export;
        this.ledger = export.ledger();
        this.letterings = new Letterings(ledger);
    }

    static byte[] write(Export export) {
        LedgerSheet sheet = new LedgerSheet(export);
        sheet.header();
        export.ledger().entries().forEach(booked -> booked.lines().forEach(line -> sheet.line(booked.entry(), line)));
        return sheet.workbook.bytes();
    }

    private boolean isAnalytical() {
        return export.kind() == ExportKind.ANALYTICAL_GENERAL_LEDGER;
    }

    private void header() {
        List<Object> cells = new ArrayList<>(COLUMNS);
        if (isAnalytical() && export.inColumns()) {
            ledger.groups().forEach(group -> cells.add(group.label()));
        } else if (isAnalytical()) {
            cells.addAll(List.of("Axe", "Catégorie", "Part"));
        }
        workbook.add(cells);
    }

    private void line(LedgerEntry entry, LedgerLine line) {
        if (!isAnalytical()) {
            workbook.add(common(entry, line));
        } else if (export.inColumns()) {
            List<Object> cells = common(entry, line);
            ledger.groups().forEach(group -> cells.add(allocationsOf(line, group)));
            workbook.add(cells);
        } else {
            allocationRows(entry, line);
        }
    }

    private void allocationRows(LedgerEntry entry, LedgerLine line) {
        if (line.categories().isEmpty()) {
            workbook.add(common(entry, line));
        }
        for (Allocation allocation : line.categories()) {
            List<Object> cells = common(entry, line);
            Category category = ledger.categories().get(allocation.id());
            String axis = ledger.groups().stream().filter(group -> group.id() == category.groupId())
                    .map(CategoryGroup::label).findFirst().orElse("");
            cells.addAll(List.of(axis, category.label(), weight(allocation)));
            workbook.add(cells);
        }
    }

    private List<Object> common(LedgerEntry entry, LedgerLine line) {
        LedgerAccount account = ledger.accounts().get(line.accountId());
        String journal = Optional.ofNullable(ledger.journals().get(line.journalId())).map(Journal::code).orElse("");
        return new ArrayList<>(List.of(line.date().toString(), journal, account.number(), account.label(),
                Objects.requireNonNullElse(entry.pieceNumber(), ""), line.label(),
                new BigDecimal(Cents.point(line.debit())), new BigDecimal(Cents.point(line.credit())),
                Letterings.isLettered(line) ? letterings.code(line) : "", Long.toString(line.id())));
    }

    private String allocationsOf(LedgerLine line, CategoryGroup group) {
        return line.categories().stream().filter(allocation -> ledger.categories().get(allocation.id())
                .groupId() == group.id())
                .map(allocation -> ledger.categories().get(allocation.id()).label() + " " + weight(allocation))
                .collect(Collectors.joining("; "));
    }

    private static BigDecimal weight(Allocation allocation) {
        return BigDecimal.valueOf(allocation.weightBasisPoints(), 4);
    }
}
