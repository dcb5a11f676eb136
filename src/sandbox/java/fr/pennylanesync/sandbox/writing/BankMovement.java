package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.BankTransaction;
import java.util.List;

/** A written transaction and what it stands for in the ledger: shares of invoices, or another account. */
record BankMovement(BankTransaction transaction, List<InvoiceShare> shares, String counterAccount) {}
