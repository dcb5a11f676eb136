package fr.pennylanesync.sandbox.books;

/** An account at a bank; its balance is in cents. */
public record BankAccount(long id, Stamps stamps, String name, String currency, long balance, long establishmentId,
        long journalId, long ledgerAccountId) implements Row {}
