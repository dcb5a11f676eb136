package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A movement on a bank account, in cents, and the invoices it settles. */
public record BankTransaction(long id, Stamps stamps, String label, LocalDate date, long archivedMicros,
        String currency, long currencyAmount, long amount, long fee, long outstanding, boolean attachmentRequired,
        long journalId, long bankAccountId, CardHolder cardHolder, long customerId, long supplierId,
        String interbankCode, List<MatchedInvoice> matched, List<Allocation> categories) implements Row {

    public BankTransaction withLabel(String newLabel, Stamps newStamps) {
        return new BankTransaction(id, newStamps, newLabel, date, archivedMicros, currency, currencyAmount,
                amount, fee, outstanding, attachmentRequired, journalId, bankAccountId, cardHolder,
                customerId, supplierId, interbankCode, matched, categories);
    }

    public BankTransaction withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new BankTransaction(id, newStamps, label, date, archivedMicros, currency, currencyAmount,
                amount, fee, outstanding, attachmentRequired, journalId, bankAccountId, cardHolder,
                customerId, supplierId, interbankCode, matched, newCategories);
    }

    public BankTransaction archived(long newArchivedMicros, Stamps newStamps) {
        return new BankTransaction(id, newStamps, label, date, newArchivedMicros, currency, currencyAmount,
                amount, fee, outstanding, attachmentRequired, journalId, bankAccountId, cardHolder,
                customerId, supplierId, interbankCode, matched, categories);
    }
}
