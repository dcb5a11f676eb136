package fr.pennylanesync.sandbox.books;

import java.util.List;

/** A customer, a company or a person: a person has no registration number. */
public record Customer(long id, Stamps stamps, String name, PersonName person, CompanyNumbers numbers, String recipient,
        String phone, String billingIban, String paymentConditions, String reference, String notes, long ledgerAccountId,
        List<String> emails, Address billing, Address delivery, String externalReference, String language,
        List<Contact> contacts, List<Allocation> categories) implements Row {

    public boolean isCompany() {
        return person == null;
    }
}
