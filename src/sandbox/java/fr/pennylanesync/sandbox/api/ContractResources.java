package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;
import static fr.pennylanesync.sandbox.api.ValueType.TEXT;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.GocardlessMandate;
import fr.pennylanesync.sandbox.books.MandateMigration;
import fr.pennylanesync.sandbox.books.ProAccountMandate;
import fr.pennylanesync.sandbox.books.SepaMandate;
import java.util.List;

/** Mandates, e-invoicing registrations, webhooks. */
final class ContractResources {

    private static final SandboxScopes MANDATES = SandboxScopes.of("customer_mandates");

    private ContractResources() {}

    static List<Resource<?>> all() {
        return List.of(
                Resource.of("sepa_mandates", MANDATES, Books::sepaMandates, ContractJson::sepa,
                        Shape.<SepaMandate>sortable().filterId()
                                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS, SepaMandate::customerId))
                        .withOne(),
                Resource.of("gocardless_mandates", MANDATES, Books::gocardlessMandates, ContractJson::gocardless,
                        Shape.<GocardlessMandate>sortable().filterId()
                                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                                        mandate -> Nullable.id(mandate.customerId()))
                                .filter("external_reference", TEXT, FilterOperator.EQUAL,
                                        GocardlessMandate::externalReference))
                        .withOne(),
                Resource.of("pa_registrations", SandboxScopes.of("pa_registrations"), Books::paRegistrations,
                        SettingsJson::registration, Shape.plain()),
                Resource.of("webhook_subscriptions", SandboxScopes.NONE, Books::webhookSubscriptions,
                        SettingsJson::webhook,
                        Shape.plain()).withOne());
    }

    /** The lists that only a company with the Pro Account has. */
    static List<Resource<?>> proAccount() {
        return List.of(
                Resource.of("pro_account_mandates", MANDATES, Books::proAccountMandates, ContractJson::proAccount,
                        Shape.<ProAccountMandate>sortable().filter("status", TEXT, EQUALITY_AND_LISTS,
                                ProAccountMandate::status)
                                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                                        mandate -> Nullable.id(mandate.customerId())))
                        .at("/pro_account/mandates"),
                Resource.of("pro_account_mandate_migrations", MANDATES, Books::mandateMigrations,
                        ContractJson::migration,
                        Shape.<MandateMigration>sortable().filter("status", TEXT, COMPARISONS_AND_LISTS,
                                MandateMigration::status)
                                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                                        migration -> Nullable.id(migration.customerId())))
                        .at("/pro_account/mandate_migrations"));
    }
}
