package fr.pennylanesync.sandbox.writing;

/**
 * A line to come, in cents.
 *
 * @param letterKey lines with the same key are lettered together; 0 for none
 */
public record Posting(long accountId, long debit, long credit, long letterKey) {

    /** A debit of the amount, or a credit of its opposite. */
    public static Posting of(long accountId, long amount) {
        return lettered(accountId, amount, 0);
    }

    static Posting lettered(long accountId, long amount, long letterKey) {
        return new Posting(accountId, Math.max(amount, 0), Math.max(-amount, 0), letterKey);
    }
}
