package fr.pennylanesync.sandbox.books;

/** A customer's GoCardless mandate. */
public record GocardlessMandate(long id, Stamps stamps, String externalReference, long customerId, String status,
        String accountReference, String accountLabel) implements Row {

    public GocardlessMandate withStatus(String newStatus, Stamps newStamps) {
        return new GocardlessMandate(id, newStamps, externalReference, customerId, newStatus,
                accountReference, accountLabel);
    }
}
