package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.GocardlessMandate;
import fr.pennylanesync.sandbox.books.MandateMigration;
import fr.pennylanesync.sandbox.books.ProAccountMandate;
import fr.pennylanesync.sandbox.books.Recurrence;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.SepaMandate;
import fr.pennylanesync.sandbox.books.Subscription;

/** The JSON of billing subscriptions and mandates. */
final class ContractJson {

    private ContractJson() {}

    static ObjectNode subscription(Subscription subscription, View view) {
        return Doc.of(view, subscription.id()).date("next_occurrence", subscription.nextOccurrence())
                .date("prev_occurrence", subscription.previousOccurrence())
                .moment("stopped_at", subscription.stoppedMicros()).date("start", subscription.start())
                .date("finish", subscription.finish()).text("status", subscription.status())
                .text("mode", subscription.mode()).moment("activated_at", subscription.activatedMicros())
                .text("payment_conditions", subscription.paymentConditions())
                .text("payment_method", subscription.paymentMethod()).text("label", subscription.label())
                .node("email_settings", emailSettings(subscription))
                .node("recurring_rule", recurrence(subscription.recurrence()))
                .reference("customer", subscription.sale().customerId(), "/customers")
                .node("customer_invoice_data", invoiceData(subscription, view)).stamps(subscription.stamps()).done();
    }

    static ObjectNode sepa(SepaMandate mandate, View view) {
        return Doc.of(view, mandate.id()).text("bank", mandate.bank()).text("bic", mandate.bic())
                .text("iban", mandate.iban()).text("sequence_type", mandate.sequenceType())
                .date("signed_at", mandate.signedOn()).text("identifier", mandate.identifier())
                .reference("customer", mandate.customerId(), "/customers").stamps(mandate.stamps()).done();
    }

    static ObjectNode gocardless(GocardlessMandate mandate, View view) {
        return Doc.of(view, mandate.id()).text("external_reference", mandate.externalReference())
                .reference("customer", mandate.customerId(), "/customers").text("status", mandate.status())
                .text("external_customer_account", mandate.accountReference())
                .text("external_customer_label", mandate.accountLabel()).stamps(mandate.stamps()).done();
    }

    static ObjectNode proAccount(ProAccountMandate mandate, View view) {
        return Doc.anonymous(view, mandate.id()).text("status", mandate.status())
                .flag("early_execution_date_permitted", mandate.earlyExecution())
                .flag("active_billing_subscription", mandate.activeSubscription()).date("signed_at", mandate.signedOn())
                .moment("created_at", mandate.stamps().createdMicros())
                .text("pdf_url", view.file(FileKind.MANDATE, mandate.id(), mandate.signedOn() == null ? null
                        : "mandat.pdf"))
                .reference("customer", mandate.customerId(), "/customers").done();
    }

    static ObjectNode migration(MandateMigration migration, View view) {
        ObjectNode customer = JsonNodeFactory.instance.objectNode().put("id", migration.customerId())
                .put("url", view.api("/customers/" + migration.customerId()));
        customer.putObject("pro_account_mandate").put("url", view.api("/pro_account/mandates"));
        return Doc.of(view, migration.id()).text("status", migration.status())
                .text("direct_debit_method", migration.method()).moment("signed_at", migration.signedMicros())
                .text("error_message", migration.errorMessage()).moment("migrated_at", migration.migratedMicros())
                .moment("migration_started_at", migration.startedMicros())
                .node("mandate", JsonNodeFactory.instance.objectNode().put("id", migration.mandateId())
                        .put("type", migration.mandateType()))
                .node("customer", customer).stamps(migration.stamps()).done();
    }

    private static ObjectNode emailSettings(Subscription subscription) {
        if (!subscription.mode().equals("email")) {
            return null;
        }
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putArray("recipients").add(subscription.recipient());
        return settings.putNull("billing_email_template");
    }

    private static ObjectNode recurrence(Recurrence recurrence) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        if (recurrence.dayOfMonth() == null) {
            rule.putNull("day_of_month");
        } else {
            rule.putArray("day_of_month").add(recurrence.dayOfMonth());
        }
        return rule.putNull("month_of_year").putNull("week_start").putNull("day").put("rule_type", recurrence.type())
                .put("interval", recurrence.interval()).put("count", recurrence.count()).putNull("until");
    }

    private static ObjectNode invoiceData(Subscription subscription, View view) {
        Sale sale = subscription.sale();
        String self = "/billing_subscriptions/" + subscription.id();
        ObjectNode data = SalesJson.totals(Doc.anonymous(view, subscription.id()).text("label", sale.wording().label()),
                sale.totals())
                .text("language", sale.language()).bare("customer_invoice_template", subscription.templateId())
                .node("discount", SalesJson.discount(sale.discount(), subscription.id()))
                .text("pdf_invoice_free_text", sale.wording().freeText())
                .text("pdf_invoice_subject", sale.wording().subject())
                .text("pdf_description", sale.wording().description())
                .text("special_mention", sale.wording().specialMention())
                .link("invoice_line_sections", self + "/invoice_line_sections")
                .link("invoice_lines", self + "/invoice_lines").done();
        data.remove("tax");
        return data;
    }
}
