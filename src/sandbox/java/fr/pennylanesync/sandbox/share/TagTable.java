package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.LedgerLine;
import java.math.BigDecimal;

/** The tags of ledger lines, which make the analytical ledger of the general one. */
record TagTable() implements SharedTable {

    private static final int BASIS_POINTS_SCALE = 4;

    @Override
    public String name() {
        return ShareStore.TAG;
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        for (LedgerLine row : books.lines()) {
            for (Allocation tag : row.categories()) {
                Category category = CopiedBooks.find(books.categories(), tag.id()).orElseThrow();
                CategoryGroup group = CopiedBooks.find(books.groups(), category.groupId()).orElseThrow();
                line.text(group.label()).text(category.label()).text(category.analyticalCode())
                        .decimal(BigDecimal.valueOf(tag.weightBasisPoints(), BASIS_POINTS_SCALE))
                        .number(books.companyId()).end(row.id());
            }
        }
    }
}
