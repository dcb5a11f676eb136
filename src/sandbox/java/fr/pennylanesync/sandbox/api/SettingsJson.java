package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.InvoiceTemplate;
import fr.pennylanesync.sandbox.books.Numbering;
import fr.pennylanesync.sandbox.books.PaRegistration;
import fr.pennylanesync.sandbox.books.WebhookSubscription;

/** The JSON of what a company sets up once. */
final class SettingsJson {

    private SettingsJson() {}

    static ObjectNode template(InvoiceTemplate template, View view) {
        return Doc.of(view, template.id()).text("name", template.name()).stamps(template.stamps()).done();
    }

    static ObjectNode numbering(Numbering numbering, View view) {
        return Doc.of(view, numbering.id()).text("kind", numbering.kind()).text("number_prefix", numbering.prefix())
                .number("next_number", numbering.next()).done();
    }

    static ObjectNode registration(PaRegistration registration, View view) {
        return Doc.of(view, registration.id()).text("siret", registration.siret()).text("siren", registration.siren())
                .text("status", registration.status()).text("exchange_direction", registration.direction())
                .stamps(registration.stamps()).done();
    }

    static ObjectNode webhook(WebhookSubscription webhook, View view) {
        return Doc.of(view, webhook.id()).text("callback_url", webhook.callbackUrl()).texts("events", webhook.events())
                .flag("enabled", webhook.enabled()).moment("disabled_at", webhook.disabledMicros())
                .text("disabled_reason", webhook.disabledReason())
                .number("last_failure_status", webhook.lastFailureStatus())
                .moment("last_failure_at", webhook.disabledMicros()).number("consecutive_failures", webhook.failures())
                .stamps(webhook.stamps()).done();
    }
}
