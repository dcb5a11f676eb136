package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.InvoiceLine;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.writing.SaleOrder;
import fr.pennylanesync.sandbox.writing.SaleWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Edits the lines of a sales document; its totals follow. The document has no discount of its own. */
final class LineEditor {

    private final BooksEditor editor;

    LineEditor(BooksEditor editor) {
        this.editor = editor;
    }

    Sale added(Sale sale) {
        List<InvoiceLine> lines = new ArrayList<>(sale.lines());
        lines.add(ranked(drawn(sale), lines.get(lines.size() - 1).rank() + 1, lines.get(lines.size() - 1)
                .sectionRank()));
        return totalled(sale, lines);
    }

    Sale removed(Sale sale) {
        List<InvoiceLine> lines = new ArrayList<>(sale.lines());
        lines.remove(editor.dice().below(lines.size()));
        return totalled(sale, lines);
    }

    /** Gives one line the content of a newly drawn one; its id and place stay. */
    Sale changed(Sale sale) {
        List<InvoiceLine> lines = new ArrayList<>(sale.lines());
        int index = editor.dice().below(lines.size());
        InvoiceLine old = lines.get(index);
        InvoiceLine drawn = ranked(drawn(sale), old.rank(), old.sectionRank());
        lines.set(index,
                new InvoiceLine(old.id(), editor.updated(old.stamps()), drawn.rank(), drawn.label(), drawn.unit(),
                        drawn.quantity(), drawn.unitPrice(), drawn.discount(), drawn.vatRate(), drawn.totals(),
                        drawn.description(), drawn.productId(), drawn.sectionRank(), drawn.imputationStart(),
                        drawn.imputationEnd(), drawn.substance(), drawn.ledgerAccountId()));
        return totalled(sale, lines);
    }

    private InvoiceLine drawn(Sale sale) {
        SaleOrder order = new SaleOrder(sale.number(), sale.date(), editor.created(), sale.totals().currency(),
                sale.totals().exchangeRate(), 1, sale.customerId(), sale.totals().amount() < 0, false, 0);
        return new SaleWriter(editor.desk(), editor.books(), editor.dice()).write(order).lines().get(0);
    }

    private static InvoiceLine ranked(InvoiceLine line, int rank, Integer sectionRank) {
        return new InvoiceLine(line.id(), line.stamps(), rank, line.label(), line.unit(), line.quantity(),
                line.unitPrice(), line.discount(), line.vatRate(), line.totals(), line.description(), line.productId(),
                sectionRank, line.imputationStart(), line.imputationEnd(), line.substance(), line.ledgerAccountId());
    }

    private static Sale totalled(Sale sale, List<InvoiceLine> lines) {
        BigDecimal rate = sale.totals().exchangeRate();
        Totals totals = Totals.of(sale.totals().currency(), rate, lines.stream()
                .mapToLong(line -> line.totals().currencyBeforeTax()).sum(),
                lines.stream()
                        .mapToLong(line -> line.totals().currencyTax()).sum());
        return sale.withLines(totals, List.copyOf(lines));
    }
}
