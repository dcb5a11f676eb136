package fr.pennylanesync.sandbox.share;

import java.util.List;
import java.util.stream.Stream;

/** tax_declarations: all that were filed. Some have no declaration_id. */
record TaxDeclarationTable() implements SharedTable {

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int FILED_AFTER_DAYS = 15;

    @Override
    public String name() {
        return "tax_declarations";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        List<Declaration> filed = Stream.concat(Declaration.ofVat(books).stream(), Declaration.ofYears(books).stream())
                .filter(Declaration::isFiled).toList();
        for (Declaration row : filed) {
            long at = row.end().plusDays(FILED_AFTER_DAYS).toEpochDay() * DAY_MICROS;
            boolean accepted = row.status().equals("accepted");
            line.number(row.id()).number(books.companyId()).text(books.companyName()).text(row.type()).text(row.form())
                    .id(row.id() % 3 == 0 ? 0 : row.id() + 1).date(row.start()).date(row.end()).text(row.status())
                    .flag(accepted);
            if (row.amount() == 0) {
                line.none();
            } else {
                line.flag(accepted);
            }
            line.cents(row.amount()).text(row.isRefused() ? "Période déjà déclarée" : null).moment(at).moment(at)
                    .end(row.id());
        }
    }
}
