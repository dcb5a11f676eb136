package fr.pennylanesync.sandbox.books;

/** An account of the French chart of accounts. The root number is what the trial balance aggregates it to. */
public record LedgerAccount(long id, Stamps stamps, String number, String rootNumber, String label, String vatRate,
        boolean enabled, String type, boolean letterable) implements Row {

    public LedgerAccount withLabel(String newLabel, Stamps newStamps) {
        return new LedgerAccount(id, newStamps, number, rootNumber, newLabel, vatRate, enabled, type,
                letterable);
    }

    public LedgerAccount withEnabled(boolean newEnabled, Stamps newStamps) {
        return new LedgerAccount(id, newStamps, number, rootNumber, label, vatRate, newEnabled, type,
                letterable);
    }
}
