package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Address;
import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.Contact;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.Supplier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The JSON of customers, suppliers, products and categories. */
final class ThirdPartyJson {

    private ThirdPartyJson() {}

    static ObjectNode customer(Customer customer, View view) {
        ObjectNode json = customerWithoutType(customer, view);
        return json.put("customer_type", customer.isCompany() ? "company" : "individual");
    }

    /** As {@code /company_customers/{id}} and {@code /individual_customers/{id}} show it. */
    static ObjectNode customerWithoutType(Customer customer, View view) {
        String mandates = URLEncoder.encode("[{\"field\":\"customer_id\",\"operator\":\"eq\",\"value\":\""
                + customer.id() + "\"}]", StandardCharsets.UTF_8);
        Doc doc = Doc.of(view, customer.id()).text("name", customer.name()).text("billing_iban", customer.billingIban())
                .text("payment_conditions", customer.paymentConditions()).text("recipient", customer.recipient())
                .text("phone", customer.phone()).text("reference", customer.reference())
                .text("notes", customer.notes());
        if (customer.isCompany()) {
            doc.text("vat_number", customer.numbers().vatNumber()).text("reg_no", customer.numbers().siren());
        } else {
            doc.text("first_name", customer.person().first()).text("last_name", customer.person().last());
        }
        return doc.bare("ledger_account", customer.ledgerAccountId()).texts("emails", customer.emails())
                .node("billing_address", address(customer.billing()))
                .node("delivery_address", address(customer.delivery())).stamps(customer.stamps())
                .text("external_reference", customer.externalReference()).text("billing_language", customer.language())
                .link("mandates", "/gocardless_mandates?filter=" + mandates)
                .link("pro_account_mandates", "/pro_account/mandates?filter=" + mandates)
                .link("contacts", "/customers/" + customer.id() + "/contacts").done();
    }

    static ObjectNode contact(Contact contact, View view) {
        return Doc.of(view, contact.id()).text("first_name", contact.firstName()).text("last_name", contact.lastName())
                .text("role", contact.role()).text("email", contact.email())
                .text("telephone_number", contact.telephone()).text("mobile_number", contact.mobile())
                .stamps(contact.stamps()).done();
    }

    static ObjectNode supplier(Supplier supplier, View view) {
        return Doc.of(view, supplier.id()).text("name", supplier.name())
                .text("establishment_no", supplier.numbers().siret()).text("reg_no", supplier.numbers().siren())
                .text("vat_number", supplier.numbers().vatNumber()).bare("ledger_account", supplier.ledgerAccountId())
                .texts("emails", supplier.emails()).text("iban", supplier.iban())
                .node("postal_address", address(supplier.address()))
                .text("supplier_payment_method", supplier.paymentMethod())
                .number("supplier_due_date_delay", supplier.dueDateDelay())
                .text("supplier_due_date_rule", supplier.dueDateRule())
                .text("external_reference", supplier.externalReference()).stamps(supplier.stamps()).done();
    }

    static ObjectNode product(Product product, View view) {
        BigDecimal price = product.vatRate().withTax(product.priceBeforeTax()).setScale(4, RoundingMode.HALF_UP);
        return Doc.of(view, product.id()).text("label", product.label()).text("description", product.description())
                .text("external_reference", product.externalReference())
                .decimal("price_before_tax", product.priceBeforeTax()).text("vat_rate", product.vatRate().code())
                .decimal("price", price).text("unit", product.unit()).text("currency", "EUR")
                .text("reference", product.reference()).bare("ledger_account", product.ledgerAccountId())
                .moment("archived_at", product.archivedMicros()).stamps(product.stamps())
                .text("substance", product.substance()).done();
    }

    static ObjectNode category(Category category, View view) {
        return categoryOfGroup(category, view).set("category_group", JsonNodeFactory.instance.objectNode()
                .put("id", category.groupId()));
    }

    /** As the list under a group shows it, without the group. */
    static ObjectNode categoryOfGroup(Category category, View view) {
        return Doc.of(view, category.id()).text("label", category.label()).text("direction", category.direction())
                .stamps(category.stamps()).text("analytical_code", category.analyticalCode()).done();
    }

    static ObjectNode group(CategoryGroup group, View view) {
        return Doc.of(view, group.id()).text("label", group.label())
                .link("categories", "/category_groups/" + group.id() + "/categories").stamps(group.stamps()).done();
    }

    static ObjectNode allocation(Allocation allocation, View view) {
        Category category = view.books().categories().find(allocation.id()).orElseThrow();
        return Doc.of(view, allocation.id()).text("label", category.label())
                .decimal("weight", BigDecimal.valueOf(allocation.weightBasisPoints(), 4).stripTrailingZeros())
                .bare("category_group", category.groupId()).text("analytical_code", category.analyticalCode())
                .stamps(allocation.stamps()).done();
    }

    static ObjectNode address(Address address) {
        return JsonNodeFactory.instance.objectNode().put("address", address.street())
                .put("postal_code", address.postalCode()).put("city", address.city())
                .put("country_alpha2", address.country());
    }
}
