package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.MatchedInvoice;
import fr.pennylanesync.sandbox.books.Payment;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.Posting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Payments: a transaction comes in, is matched with an invoice, booked and, when it pays all of it, lettered. */
final class PaymentChanges {

    private static final int PART_PERCENT = 30;

    private PaymentChanges() {}

    /** What a transfer pays: cents of the invoice's currency and of euro, both positive. */
    private record Part(long currencyCents, long euroCents, boolean whole) {}

    static boolean payCustomerInvoice(BooksEditor editor) {
        Optional<CustomerInvoice> due = editor.pick(Streams.CUSTOMER_INVOICES, PaymentChanges::isDue);
        due.ifPresent(invoice -> {
            Totals totals = invoice.sale().totals();
            Part part = part(editor, invoice.settlement(), totals);
            BankTransaction transaction =
                    transfer(editor, totals.currency(), part, new MatchedInvoice(invoice.id(), true),
                            invoice.sale().number(), invoice.sale().customerId(), 0);
            Settlement after = after(editor, invoice.settlement(), totals, part, "customer_payments",
                    List.of(transaction.id()));
            editor.updateBelow(Streams.CUSTOMER_INVOICES, invoice.withSettlement(after,
                    editor.updatedBelow(invoice.stamps())));
            book(editor, transaction, Accounts.receivable(editor, invoice), invoice.entryId(), part.whole());
        });
        return due.isPresent();
    }

    static boolean paySupplierInvoice(BooksEditor editor) {
        Optional<SupplierInvoice> due = editor.pick(Streams.SUPPLIER_INVOICES,
                invoice -> isDue(invoice.settlement(), invoice.archivedMicros()));
        due.ifPresent(invoice -> {
            Part part = part(editor, invoice.settlement(), invoice.totals());
            BankTransaction transaction = transfer(editor, invoice.totals().currency(), part,
                    new MatchedInvoice(invoice.id(), false), invoice.number(), 0, invoice.supplierId());
            Settlement after = after(editor, invoice.settlement(), invoice.totals(), part, "supplier_payments",
                    List.of(transaction.id()));
            editor.updateBelow(Streams.SUPPLIER_INVOICES, invoice.withSettlement(after, after.isPaid() ? "fully_paid"
                    : "partially_paid", editor.updatedBelow(invoice.stamps())));
            book(editor, transaction, Accounts.payable(editor, invoice), invoice.entryId(), part.whole());
        });
        return due.isPresent();
    }

    /** A payment that no transaction shows. */
    static boolean payOffline(BooksEditor editor) {
        Optional<CustomerInvoice> due = editor.pick(Streams.CUSTOMER_INVOICES, PaymentChanges::isDue);
        due.ifPresent(invoice -> {
            Part part = part(editor, invoice.settlement(), invoice.sale().totals());
            Settlement after = after(editor, invoice.settlement(), invoice.sale().totals(), part, "customer_payments",
                    List.of());
            editor.updateBelow(Streams.CUSTOMER_INVOICES, invoice.withSettlement(after,
                    editor.updatedBelow(invoice.stamps())));
        });
        return due.isPresent();
    }

    private static boolean isDue(CustomerInvoice invoice) {
        return !invoice.draft() && !invoice.isCreditNote() && isDue(invoice.settlement(), invoice.sale()
                .archivedMicros());
    }

    private static boolean isDue(Settlement settlement, long archivedMicros) {
        return settlement.remainingWithTax() > 100 && archivedMicros == 0;
    }

    private static Part part(BooksEditor editor, Settlement before, Totals totals) {
        long due = before.remainingWithTax();
        boolean inPart = editor.dice().chance(PART_PERCENT);
        long paid = inPart ? due / 2 : due;
        boolean whole = !inPart && !before.isStarted();
        return new Part(paid, whole ? totals.amount() : Totals.toEuros(paid, totals.exchangeRate()), whole);
    }

    private static BankTransaction transfer(BooksEditor editor, String currency, Part part, MatchedInvoice matched,
            String number,
            long customerId, long supplierId) {
        BankAccount account = editor.books().bankAccounts().get(0);
        int sign = matched.customer() ? 1 : -1;
        BankTransaction transaction = new BankTransaction(editor.nextId("transactions"), editor.created(),
                editor.label("VIR SEPA " + number), editor.today(), 0, currency, sign * part.currencyCents(),
                sign * part.euroCents(), 0, 0, false, account.journalId(), account.id(), null, customerId, supplierId,
                "B1D", List.of(matched), List.of());
        editor.insert(Streams.TRANSACTIONS, transaction);
        editor.update(Streams.BANK_ACCOUNTS, account.withBalance(account.balance() + transaction.amount(),
                editor.updated(account.stamps())));
        return transaction;
    }

    private static Settlement after(BooksEditor editor, Settlement before, Totals totals, Part part, String stream,
            List<Long> transactions) {
        long due = before.remainingWithTax() - part.currencyCents();
        Payment payment = new Payment(editor.nextId(stream), editor.created(),
                editor.label(transactions.isEmpty() ? "Espèces" : "Virement"), totals.currency(), part.currencyCents(),
                "found");
        List<Payment> payments = new ArrayList<>(before.payments());
        payments.add(payment);
        return new Settlement(due, due == 0 ? 0 : totals.currencyBeforeTax() * due / totals.currencyAmount(),
                List.copyOf(payments), Stream.concat(before.transactionIds().stream(), transactions.stream()).toList());
    }

    private static void book(BooksEditor editor, BankTransaction transaction, long thirdParty, long invoiceEntryId,
            boolean whole) {
        EntryBook entries = new EntryBook(editor);
        long bank = editor.books().bankAccounts().get(0).ledgerAccountId();
        LedgerEntry entry = entries.post(EntryDraft.sundry(editor.today(), transaction.journalId(), transaction.label(),
                null, List.of(Posting.of(bank, transaction.amount()), Posting.of(thirdParty, -transaction.amount()))));
        List<LedgerLine> together = Stream.of(entry, editor.find(Streams.ENTRIES, invoiceEntryId))
                .flatMap(each -> entries.lines(each).stream())
                .filter(line -> line.accountId() == thirdParty && line.lettered().length == 0).toList();
        if (whole && together.size() == 2 && together.stream().mapToLong(line -> line.debit() - line.credit())
                .sum() == 0) {
            entries.letter(together, EntryBook.ids(together));
        }
    }
}
