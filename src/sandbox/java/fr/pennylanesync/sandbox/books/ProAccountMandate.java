package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/** A mandate on the Pro Account. The API shows no id for it; ours only orders the list. */
public record ProAccountMandate(long id, Stamps stamps, String status, boolean earlyExecution,
        boolean activeSubscription, LocalDate signedOn, long customerId) implements Row {

    public ProAccountMandate withStatus(String newStatus, Stamps newStamps) {
        return new ProAccountMandate(id, newStamps, newStatus, earlyExecution, activeSubscription, signedOn,
                customerId);
    }
}
