package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A movement on a bank account, in cents, and the invoices it settles. */
public record BankTransaction(long id, Stamps stamps, String label, LocalDate date, long archivedMicros, String currency,
        long currencyAmount, long amount, long fee, long outstanding, boolean attachmentRequired, long journalId,
        long bankAccountId, CardHolder cardHolder, long customerId, long supplierId, String interbankCode,
        List<MatchedInvoice> matched, List<Allocation> categories) implements Row {}
