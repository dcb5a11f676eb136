package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQ;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.IN;
import static fr.pennylanesync.sandbox.api.FilterOperator.NOT_EQ;
import static fr.pennylanesync.sandbox.api.FilterOperator.NOT_IN;
import static fr.pennylanesync.sandbox.api.FilterOperator.ONE_OF;
import static fr.pennylanesync.sandbox.api.FilterOperator.START_WITH;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;
import static fr.pennylanesync.sandbox.api.ValueType.TEXT;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.Supplier;
import java.util.EnumSet;
import java.util.List;

/** Whom the company deals with and what it classifies by: customers, suppliers, products, categories. */
final class ThirdPartyResources {

    private ThirdPartyResources() {}

    static List<Resource<?>> all() {
        return List.of(customers(), suppliers(), products(), categories(), categoryGroups());
    }

    static Resource<Customer> customers() {
        Shape<Customer> shape = Shape.<Customer>sortable().filterId()
                .filter("customer_type", TEXT, EQUALITY, customer -> customer.isCompany() ? "company" : "individual")
                .filter("ledger_account_id", INTEGER, EQUALITY, customer -> Nullable.id(customer.ledgerAccountId()))
                .filter("name", TEXT, EnumSet.of(START_WITH, EQ), Customer::name)
                .filter("external_reference", TEXT, EnumSet.of(START_WITH, EQ, NOT_EQ, IN, NOT_IN),
                        Customer::externalReference)
                .filter("reg_no", TEXT, EQUALITY_AND_LISTS, customer -> customer.isCompany() ? customer.numbers()
                        .siren() : null)
                .filter("emails", TEXT, ONE_OF, Customer::emails);
        return Resource
                .of("customers", SandboxScopes.of("customers"), Books::customers, ThirdPartyJson::customer, shape)
                .withOne().model("Customer").child("categories", (customer, books) -> customer.categories(),
                        ThirdPartyJson::allocation, Shape.plain())
                .child("contacts", (customer, books) -> customer.contacts(), ThirdPartyJson::contact, Shape.sortable());
    }

    private static Resource<Supplier> suppliers() {
        Shape<Supplier> shape = Shape.<Supplier>sortable().filterId()
                .filter("ledger_account_id", INTEGER, EQUALITY, supplier -> Nullable.id(supplier.ledgerAccountId()))
                .filter("name", TEXT, EnumSet.of(START_WITH), Supplier::name)
                .filter("external_reference", TEXT, EQUALITY_AND_LISTS, Supplier::externalReference)
                .filter("emails", TEXT, ONE_OF, Supplier::emails);
        return Resource
                .of("suppliers", SandboxScopes.of("suppliers"), Books::suppliers, ThirdPartyJson::supplier, shape)
                .withOne().model("Supplier").child("categories", (supplier, books) -> supplier.categories(),
                        ThirdPartyJson::allocation, Shape.plain());
    }

    private static Resource<Product> products() {
        Shape<Product> shape = Shape.<Product>sortable().filterId()
                .filter("label", TEXT, EnumSet.of(EQ, IN), Product::label)
                .filter("reference", TEXT, EnumSet.of(EQ, IN), Product::reference)
                .filter("external_reference", TEXT, EQUALITY_AND_LISTS, Product::externalReference);
        return Resource.of("products", SandboxScopes.of("products"), Books::products, ThirdPartyJson::product, shape)
                .withOne();
    }

    private static Resource<Category> categories() {
        Shape<Category> shape = Shape.<Category>sortable().filterId()
                .filter("label", TEXT, EnumSet.of(START_WITH, EQ, IN), Category::label)
                .filter("category_group_id", INTEGER, COMPARISONS_AND_LISTS, Category::groupId)
                .filter("analytical_code", TEXT, EQUALITY_AND_LISTS, Category::analyticalCode);
        return Resource
                .of("categories", SandboxScopes.of("categories"), Books::categories, ThirdPartyJson::category, shape)
                .withOne();
    }

    private static Resource<CategoryGroup> categoryGroups() {
        return Resource
                .of("category_groups", SandboxScopes.of("categories"), Books::categoryGroups, ThirdPartyJson::group,
                        Shape.plain())
                .withOne()
                .child("categories", (group, books) -> books.categories().rows().stream()
                        .filter(category -> category.groupId() == group.id()).toList(), ThirdPartyJson::categoryOfGroup,
                        Shape.plain());
    }
}
