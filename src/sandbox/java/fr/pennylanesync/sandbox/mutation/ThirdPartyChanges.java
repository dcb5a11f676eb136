package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Contact;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.PersonName;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.writing.FakePeople;
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

    static boolean insertCustomer(BooksEditor editor) {
        FakePeople people = editor.folk();
        String name = editor.desk().prose().name(people.business());
        long account = Accounts.open(editor, "411", editor.label(name), true);
        var address = people.address();
        editor.insert(Streams.CUSTOMERS, new Customer(editor.nextId("customers"), editor.created(), name, null,
                OfficialNumbers.company(editor.dice()), editor.desk().prose().name(people.person().full()),
                people.phone(), null,
                "30_days", null, null, account, editor.desk().prose().emails(people.email("compta", name)), address,
                address,
                editor.dice().uuid().toString(), "fr_FR", List.of(), editor.categories()));
        return true;
    }

    static boolean insertSupplier(BooksEditor editor) {
        FakePeople people = editor.folk();
        String name = editor.desk().prose().name(people.business());
        long account = Accounts.open(editor, "401", editor.label(name), true);
        editor.insert(Streams.SUPPLIERS, new Supplier(editor.nextId("suppliers"), editor.created(), name,
                OfficialNumbers.company(editor.dice()), account, editor.desk().prose()
                        .emails(people.email("facturation", name)),
                editor.desk().prose().iban(OfficialNumbers.iban(editor.dice())),
                people.address(), "card", 30, "days", editor.dice().uuid().toString(), editor.categories()));
        return true;
    }

    static boolean noteCustomer(BooksEditor editor) {
        return customer(editor, customer -> editor.update(Streams.CUSTOMERS,
                customer.withNotes(editor.label("Vu le " + editor.today()), editor.updated(customer.stamps()))));
    }

    static boolean allocateCustomer(BooksEditor editor) {
        return customer(editor, customer -> editor.updateBelow(Streams.CUSTOMERS,
                customer.withCategories(editor.categories(), editor.updatedBelow(customer.stamps()))));
    }

    /** A contact comes, changes or goes. */
    static boolean changeContacts(BooksEditor editor) {
        return customer(editor, customer -> {
            List<Contact> contacts = new ArrayList<>(customer.contacts());
            if (contacts.isEmpty() || contacts.size() < 5 && editor.dice().chance(40)) {
                contacts.add(contact(editor, customer));
            } else if (editor.dice().chance(50)) {
                contacts.remove(editor.dice().below(contacts.size()));
            } else {
                contacts.set(0, reached(editor, contacts.get(0)));
            }
            editor.updateBelow(Streams.CUSTOMERS, customer.withContacts(List.copyOf(contacts),
                    editor.updatedBelow(customer.stamps())));
        });
    }

    static boolean changeIban(BooksEditor editor) {
        return supplier(editor, supplier -> editor.update(Streams.SUPPLIERS,
                supplier.withIban(editor.desk().prose().iban(OfficialNumbers.iban(editor.dice())),
                        editor.updated(supplier.stamps()))));
    }

    static boolean allocateSupplier(BooksEditor editor) {
        return supplier(editor, supplier -> editor.updateBelow(Streams.SUPPLIERS,
                supplier.withCategories(editor.categories(), editor.updatedBelow(supplier.stamps()))));
    }

    /** Removes a customer that nothing refers to. */
    static boolean removeCustomer(BooksEditor editor) {
        Books books = editor.books();
        Optional<Customer> found = books.customers().size() < FEWEST ? Optional.empty()
                : editor.pick(Streams.CUSTOMERS,
                        customer -> customersInUse(books).noneMatch(id -> id == customer.id()));
        found.ifPresent(customer -> editor.remove(Streams.CUSTOMERS, customer));
        return found.isPresent();
    }

    /** Removes a supplier that nothing refers to. */
    static boolean removeSupplier(BooksEditor editor) {
        Books books = editor.books();
        Optional<Supplier> found = books.suppliers().size() < FEWEST ? Optional.empty()
                : editor.pick(Streams.SUPPLIERS,
                        supplier -> suppliersInUse(books).noneMatch(id -> id == supplier.id()));
        found.ifPresent(supplier -> editor.remove(Streams.SUPPLIERS, supplier));
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

    private static Contact contact(BooksEditor editor, Customer customer) {
        FakePeople people = editor.folk();
        PersonName person = people.person();
        return new Contact(editor.nextId("contacts"), editor.created(), person.first(), editor.desk().prose()
                .name(person.last()), editor.dice().pick(Words.ROLES),
                editor.desk().prose()
                        .email(people.email(person.full(), customer.name())),
                people.phone(), people.phone());
    }

    private static Contact reached(BooksEditor editor, Contact contact) {
        return new Contact(contact.id(), editor.updated(contact.stamps()), contact.firstName(), contact.lastName(),
                contact.role(), contact.email(), editor.folk().phone(), contact.mobile());
    }

    private static boolean customer(BooksEditor editor, Consumer<Customer> change) {
        change.accept(editor.any(Streams.CUSTOMERS));
        return true;
    }

    private static boolean supplier(BooksEditor editor, Consumer<Supplier> change) {
        change.accept(editor.any(Streams.SUPPLIERS));
        return true;
    }
}
