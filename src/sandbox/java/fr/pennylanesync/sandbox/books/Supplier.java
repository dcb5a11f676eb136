package fr.pennylanesync.sandbox.books;

import java.util.List;

/** A supplier. */
public record Supplier(long id, Stamps stamps, String name, CompanyNumbers numbers, long ledgerAccountId,
        List<String> emails, String iban, Address address, String paymentMethod, Integer dueDateDelay,
        String dueDateRule, String externalReference, List<Allocation> categories) implements Row {

    public Supplier withIban(String newIban, Stamps newStamps) {
        return new Supplier(id, newStamps, name, numbers, ledgerAccountId, emails, newIban, address,
                paymentMethod, dueDateDelay, dueDateRule, externalReference, categories);
    }

    public Supplier withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new Supplier(id, newStamps, name, numbers, ledgerAccountId, emails, iban, address,
                paymentMethod, dueDateDelay, dueDateRule, externalReference, newCategories);
    }
}
