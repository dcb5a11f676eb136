package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Contact;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.PersonName;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.writing.Folk;
import fr.pennylanesync.sandbox.writing.OfficialNumbers;
import fr.pennylanesync.sandbox.writing.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What happens to customers and suppliers. */
final class ThirdPartyChanges {

    private static final int FEWEST = 4;

    private ThirdPartyChanges() {}

    static boolean insertCustomer(Pen pen) {
        Folk folk = pen.folk();
        String name = pen.desk().prose().name(folk.business());
        long account = Accounts.open(pen, "411", pen.label(name), true);
        var address = folk.address();
        pen.insert(Streams.CUSTOMERS, new Customer(pen.nextId("customers"), pen.created(), name, null,
                OfficialNumbers.company(pen.dice()), pen.desk().prose().name(folk.person().full()), folk.phone(), null,
                "30_days", null, null, account, pen.desk().prose().emails(folk.email("compta", name)), address, address,
                pen.dice().uuid().toString(), "fr_FR", List.of(), pen.categories()));
        return true;
    }

    static boolean insertSupplier(Pen pen) {
        Folk folk = pen.folk();
        String name = pen.desk().prose().name(folk.business());
        long account = Accounts.open(pen, "401", pen.label(name), true);
        pen.insert(Streams.SUPPLIERS, new Supplier(pen.nextId("suppliers"), pen.created(), name,
                OfficialNumbers.company(pen.dice()), account, pen.desk().prose()
                .emails(folk.email("facturation", name)), pen.desk().prose().iban(OfficialNumbers.iban(pen.dice())),
                folk.address(), "card", 30, "days", pen.dice().uuid().toString(), pen.categories()));
        return true;
    }

    static boolean noteCustomer(Pen pen) {
        return customer(pen, customer -> pen.update(Streams.CUSTOMERS,
                customer.withNotes(pen.label("Vu le " + pen.today()), pen.updated(customer.stamps()))));
    }

    static boolean allocateCustomer(Pen pen) {
        return customer(pen, customer -> pen.updateBelow(Streams.CUSTOMERS,
                customer.withCategories(pen.categories(), pen.updatedBelow(customer.stamps()))));
    }

    /** A contact comes, changes or goes. */
    static boolean changeContacts(Pen pen) {
        return customer(pen, customer -> {
            List<Contact> contacts = new ArrayList<>(customer.contacts());
            if (contacts.isEmpty() || contacts.size() < 5 && pen.dice().chance(40)) {
                contacts.add(contact(pen, customer));
            } else if (pen.dice().chance(50)) {
                contacts.remove(pen.dice().below(contacts.size()));
            } else {
                contacts.set(0, reached(pen, contacts.get(0)));
            }
            pen.updateBelow(Streams.CUSTOMERS, customer.withContacts(List.copyOf(contacts),
                    pen.updatedBelow(customer.stamps())));
        });
    }

    static boolean changeIban(Pen pen) {
        return supplier(pen, supplier -> pen.update(Streams.SUPPLIERS,
                supplier.withIban(pen.desk().prose().iban(OfficialNumbers.iban(pen.dice())),
                pen.updated(supplier.stamps()))));
    }

    static boolean allocateSupplier(Pen pen) {
        return supplier(pen, supplier -> pen.updateBelow(Streams.SUPPLIERS,
                supplier.withCategories(pen.categories(), pen.updatedBelow(supplier.stamps()))));
    }

    /** Removes a customer that nothing refers to. */
    static boolean removeCustomer(Pen pen) {
        Books books = pen.books();
        Optional<Customer> found = books.customers().size() < FEWEST ? Optional.empty()
                : pen.pick(Streams.CUSTOMERS, customer -> customersInUse(books).noneMatch(id -> id == customer.id()));
        found.ifPresent(customer -> pen.remove(Streams.CUSTOMERS, customer));
        return found.isPresent();
    }

    /** Removes a supplier that nothing refers to. */
    static boolean removeSupplier(Pen pen) {
        Books books = pen.books();
        Optional<Supplier> found = books.suppliers().size() < FEWEST ? Optional.empty()
                : pen.pick(Streams.SUPPLIERS, supplier -> suppliersInUse(books).noneMatch(id -> id == supplier.id()));
        found.ifPresent(supplier -> pen.remove(Streams.SUPPLIERS, supplier));
        return found.isPresent();
    }

    private static LongStream customersInUse(Books books) {
        LongStream sales = LongStream.concat(books.customerInvoices().rows().stream()
                .mapToLong(invoice -> invoice.sale().customerId()),
                LongStream.concat(books.quotes().rows().stream().mapToLong(quote -> quote.sale().customerId()),
                        books.commercialDocuments().rows().stream()
                        .mapToLong(document -> document.sale().customerId())));
        LongStream mandates = LongStream.concat(books.sepaMandates().rows().stream()
                .mapToLong(mandate -> mandate.customerId()),
                LongStream.concat(books.gocardlessMandates().rows().stream().mapToLong(mandate -> mandate.customerId()),
                        books.proAccountMandates().rows().stream().mapToLong(mandate -> mandate.customerId())));
        return LongStream.concat(LongStream.concat(sales, mandates),
                books.subscriptions().rows().stream().mapToLong(subscription -> subscription.sale().customerId()));
    }

    private static LongStream suppliersInUse(Books books) {
        return LongStream.concat(books.supplierInvoices().rows().stream().mapToLong(invoice -> invoice.supplierId()),
                books.purchaseRequests().rows().stream().mapToLong(request -> request.supplierId()));
    }

    private static Contact contact(Pen pen, Customer customer) {
        Folk folk = pen.folk();
        PersonName person = folk.person();
        return new Contact(pen.nextId("contacts"), pen.created(), person.first(), pen.desk().prose()
                .name(person.last()), pen.dice().pick(Words.ROLES), pen.desk().prose()
                .email(folk.email(person.full(), customer.name())), folk.phone(), folk.phone());
    }

    private static Contact reached(Pen pen, Contact contact) {
        return new Contact(contact.id(), pen.updated(contact.stamps()), contact.firstName(), contact.lastName(),
                contact.role(), contact.email(), pen.folk().phone(), contact.mobile());
    }

    private static boolean customer(Pen pen, Consumer<Customer> change) {
        change.accept(pen.any(Streams.CUSTOMERS));
        return true;
    }

    private static boolean supplier(Pen pen, Consumer<Supplier> change) {
        change.accept(pen.any(Streams.SUPPLIERS));
        return true;
    }
}
