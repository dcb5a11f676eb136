package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/** A customer's SEPA direct debit mandate. */
public record SepaMandate(long id, Stamps stamps, String bank, String bic, String iban, String sequenceType,
        LocalDate signedOn, String identifier, long customerId) implements Row {

    public SepaMandate withSequence(String newSequenceType, Stamps newStamps) {
        return new SepaMandate(id, newStamps, bank, bic, iban, newSequenceType, signedOn, identifier,
                customerId);
    }
}
