package fr.pennylanesync.sandbox.books;

import java.util.List;

/** A supplier. */
public record Supplier(long id, Stamps stamps, String name, CompanyNumbers numbers, long ledgerAccountId, List<String> emails,
        String iban, Address address, String paymentMethod, Integer dueDateDelay, String dueDateRule,
        String externalReference, List<Allocation> categories) implements Row {}
