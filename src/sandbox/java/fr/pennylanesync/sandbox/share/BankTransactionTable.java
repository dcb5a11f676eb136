package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.MatchedInvoice;
import fr.pennylanesync.sandbox.books.Supplier;
import java.util.List;

/** bank_transactions. Its outstanding_balance is that of the linked invoices, not the transaction's own. */
record BankTransactionTable(ShownIds ids) implements SharedTable {

    @Override
    public String name() {
        return "bank_transactions";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        List<BankTransaction> transactions = books.transactions();
        for (int i = 0; i < transactions.size(); i++) {
            BankTransaction row = transactions.get(i);
            line.number(ids.of(transactions, i)).date(row.date()).number(books.companyId())
                    .text(CopiedBooks.find(books.bankAccounts(), row.bankAccountId()).map(BankAccount::name)
                            .orElse(null))
                    .text(thirdPartyName(row, books)).id(row.customerId() == 0 ? row.supplierId() : row.customerId())
                    .text(row.label()).cents(row.amount());
            outstanding(row, books, line);
            line.text(row.currency()).cents(row.currencyAmount())
                    .text(row.cardHolder() == null ? "bank" : "pro_account").flag(false).none().none()
                    .text(row.attachmentRequired() ? "to_do" : "done")
                    .text(row.matched().isEmpty() ? "missing" : "present").moment(row.stamps().updatedMicros())
                    .end(row.id());
        }
    }

    private static void outstanding(BankTransaction row, CopiedBooks books, CopyLine line) {
        if (row.matched().isEmpty()) {
            line.none();
        } else {
            line.cents(row.matched().stream().mapToLong(matched -> outstanding(matched, books)).sum());
        }
    }

    private static long outstanding(MatchedInvoice matched, CopiedBooks books) {
        return matched.customer()
                ? CopiedBooks.find(books.customerInvoices(), matched.id())
                        .map(invoice -> InvoiceTable.outstanding(invoice.settlement(), invoice.sale().totals()))
                        .orElse(0L)
                : CopiedBooks.find(books.supplierInvoices(), matched.id())
                        .map(invoice -> InvoiceTable.outstanding(invoice.settlement(), invoice.totals())).orElse(0L);
    }

    private static String thirdPartyName(BankTransaction row, CopiedBooks books) {
        return CopiedBooks.find(books.customers(), row.customerId()).map(Customer::name)
                .or(() -> CopiedBooks.find(books.suppliers(), row.supplierId()).map(Supplier::name)).orElse(null);
    }
}
