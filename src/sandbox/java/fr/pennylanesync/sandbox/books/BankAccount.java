package fr.pennylanesync.sandbox.books;

/** An account at a bank; its balance is in cents. */
public record BankAccount(long id, Stamps stamps, String name, String currency, long balance, long establishmentId,
        long journalId, long ledgerAccountId) implements Row {

    public BankAccount withBalance(long newBalance, Stamps newStamps) {
        return new BankAccount(id, newStamps, name, currency, newBalance, establishmentId, journalId,
                ledgerAccountId);
    }

    public BankAccount withName(String newName, Stamps newStamps) {
        return new BankAccount(id, newStamps, newName, currency, balance, establishmentId, journalId,
                ledgerAccountId);
    }
}
