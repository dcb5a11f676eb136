package fr.pennylanesync.sandbox.books;

import java.util.List;

/** A customer, a company or a person: a person has no registration number. */
public record Customer(long id, Stamps stamps, String name, PersonName person, CompanyNumbers numbers, String recipient,
        String phone, String billingIban, String paymentConditions, String reference, String notes,
        long ledgerAccountId, List<String> emails, Address billing, Address delivery, String externalReference,
        String language, List<Contact> contacts, List<Allocation> categories) implements Row {

    public boolean isCompany() {
        return person == null;
    }

    public Customer withNotes(String newNotes, Stamps newStamps) {
        return new Customer(id, newStamps, name, person, numbers, recipient, phone, billingIban,
                paymentConditions, reference, newNotes, ledgerAccountId, emails, billing, delivery,
                externalReference, language, contacts, categories);
    }

    public Customer withContacts(List<Contact> newContacts, Stamps newStamps) {
        return new Customer(id, newStamps, name, person, numbers, recipient, phone, billingIban,
                paymentConditions, reference, notes, ledgerAccountId, emails, billing, delivery,
                externalReference, language, newContacts, categories);
    }

    public Customer withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new Customer(id, newStamps, name, person, numbers, recipient, phone, billingIban,
                paymentConditions, reference, notes, ledgerAccountId, emails, billing, delivery,
                externalReference, language, contacts, newCategories);
    }
}
