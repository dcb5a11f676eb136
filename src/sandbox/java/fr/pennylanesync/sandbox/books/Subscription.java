package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/** A billing subscription, and the invoice it will produce. */
public record Subscription(long id, Stamps stamps, String label, String status, String mode, LocalDate start,
        LocalDate finish, LocalDate previousOccurrence, LocalDate nextOccurrence, long activatedMicros,
        long stoppedMicros, String paymentConditions, String paymentMethod, String recipient, Recurrence recurrence,
        long templateId, Sale sale)
        implements Row {

    public Subscription withStatus(String newStatus, long newStoppedMicros, Stamps newStamps) {
        return new Subscription(id, newStamps, label, newStatus, mode, start, finish, previousOccurrence,
                nextOccurrence, activatedMicros, newStoppedMicros, paymentConditions, paymentMethod,
                recipient, recurrence, templateId, sale);
    }
}
