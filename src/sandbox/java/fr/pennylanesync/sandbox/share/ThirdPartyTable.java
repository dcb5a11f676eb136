package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Address;
import fr.pennylanesync.sandbox.books.CompanyNumbers;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.Supplier;
import java.util.List;

/** customers or suppliers. */
record ThirdPartyTable(boolean ofCustomers, ShownIds ids) implements SharedTable {

    private static final String ANY_RATE = "any";
    /** Of a person: nothing at all, where a company without numbers has empty texts. */
    private static final CompanyNumbers NO_NUMBERS = new CompanyNumbers(null, null, null);

    @Override
    public String name() {
        return ofCustomers ? "customers" : "suppliers";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        if (ofCustomers) {
            writeCustomers(books, line);
        } else {
            writeSuppliers(books, line);
        }
    }

    private void writeCustomers(CopiedBooks books, CopyLine line) {
        List<Customer> customers = books.customers();
        for (int i = 0; i < customers.size(); i++) {
            Customer row = customers.get(i);
            line.number(ids.of(customers, i)).text(row.name());
            shared(books, row.ledgerAccountId(), "706", row.billing(), row.isCompany() ? row.numbers() : NO_NUMBERS,
                    line);
            line.text(row.name()).text(row.billing().country()).none().none().moment(row.stamps().updatedMicros())
                    .end(row.id());
        }
    }

    private void writeSuppliers(CopiedBooks books, CopyLine line) {
        List<Supplier> suppliers = books.suppliers();
        for (int i = 0; i < suppliers.size(); i++) {
            Supplier row = suppliers.get(i);
            boolean hasIban = row.iban() != null;
            line.number(ids.of(suppliers, i)).text(row.name());
            shared(books, row.ledgerAccountId(), "606", row.address(), row.numbers(), line);
            line.text(row.name()).text(row.address().country()).moment(hasIban ? row.stamps().updatedMicros() : 0)
                    .text(hasIban ? books.profile().email() : null).moment(row.stamps().updatedMicros()).end(row.id());
        }
    }

    private static void shared(CopiedBooks books, long accountId, String profitAndLoss, Address address,
            CompanyNumbers numbers, CopyLine line) {
        line.number(books.companyId()).text(books.companyName()).text(ANY_RATE)
                .text(CopiedBooks.find(books.accounts(), accountId).map(LedgerAccount::number).orElse(null))
                .text(profitAndLoss).text(address.postalCode()).text(address.country()).text(address.city())
                .text(numbers.siren()).text(numbers.vatNumber()).none();
    }
}
