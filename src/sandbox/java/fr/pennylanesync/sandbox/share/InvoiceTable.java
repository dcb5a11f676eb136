package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import java.time.LocalDate;
import java.util.List;

/** customer_invoices or supplier_invoices, in euros; archived ones are left out. */
record InvoiceTable(boolean ofCustomers, ShownIds ids) implements SharedTable {

    private static final long DAY_MICROS = 86_400_000_000L;

    @Override
    public String name() {
        return ofCustomers ? "customer_invoices" : "supplier_invoices";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        if (ofCustomers) {
            writeSales(books, line);
        } else {
            writePurchases(books, line);
        }
    }

    private void writeSales(CopiedBooks books, CopyLine line) {
        List<CustomerInvoice> invoices = books.customerInvoices().stream()
                .filter(row -> row.sale().archivedMicros() == 0).toList();
        for (int i = 0; i < invoices.size(); i++) {
            CustomerInvoice row = invoices.get(i);
            var sale = row.sale();
            dates(ids.of(invoices, i), row.stamps(), sale.date(), sale.deadline(), line);
            line.number(books.companyId()).id(sale.customerId())
                    .text(CopiedBooks.find(books.customers(), sale.customerId()).map(Customer::name).orElse(null));
            amounts(sale.totals(), line);
            line.text(sale.wording().label()).text(sale.number())
                    .text(row.origin().quoteId() == 0 ? "invoicing" : "quote").flag(row.settlement().isPaid())
                    .cents(outstanding(row.settlement(), sale.totals()));
            stamps(row.stamps(), line);
            line.end(row.id());
        }
    }

    private void writePurchases(CopiedBooks books, CopyLine line) {
        List<SupplierInvoice> invoices = books.supplierInvoices().stream().filter(row -> row.archivedMicros() == 0)
                .toList();
        for (int i = 0; i < invoices.size(); i++) {
            SupplierInvoice row = invoices.get(i);
            dates(ids.of(invoices, i), row.stamps(), row.date(), row.deadline(), line);
            line.number(books.companyId()).id(row.supplierId())
                    .text(CopiedBooks.find(books.suppliers(), row.supplierId()).map(Supplier::name).orElse(null));
            amounts(row.totals(), line);
            line.text(row.label()).text(row.number()).text(row.importPath() == null ? "upload" : "email")
                    .flag(row.settlement().isPaid());
            stamps(row.stamps(), line);
            line.end(row.id());
        }
    }

    private static void dates(long id, Stamps stamps, LocalDate issued, LocalDate deadline, CopyLine line) {
        line.number(id).date(LocalDate.ofEpochDay(Math.floorDiv(stamps.createdMicros(), DAY_MICROS))).date(issued)
                .date(deadline);
    }

    private static void amounts(Totals totals, CopyLine line) {
        line.cents(totals.amount()).cents(totals.amountBeforeTax()).text(totals.currency());
    }

    private static void stamps(Stamps stamps, CopyLine line) {
        line.moment(stamps.createdMicros()).moment(stamps.updatedMicros());
    }

    /** What is still due, in cents of euro. */
    static long outstanding(Settlement settlement, Totals totals) {
        return Totals.toEuros(settlement.remainingWithTax(), totals.exchangeRate());
    }
}
