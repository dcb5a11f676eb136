package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.FiscalYear;
import java.util.List;

/** fiscal_years. */
record FiscalYearTable(ShownIds ids) implements SharedTable {

    @Override
    public String name() {
        return "fiscal_years";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        List<FiscalYear> years = books.years();
        for (int i = 0; i < years.size(); i++) {
            FiscalYear row = years.get(i);
            line.number(ids.of(years, i)).number(books.companyId()).text(books.companyName())
                    .text(books.profile().alias()).number(row.start().getYear()).date(row.start()).date(row.finish())
                    .text("Exercice " + row.start().getYear())
                    .moment(row.status().equals("closed") ? row.stamps().updatedMicros() : 0)
                    .moment(row.stamps().updatedMicros()).end(row.id());
        }
    }
}
