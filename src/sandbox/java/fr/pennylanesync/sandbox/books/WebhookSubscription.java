package fr.pennylanesync.sandbox.books;

import java.util.List;

/** A webhook subscription. */
public record WebhookSubscription(long id, Stamps stamps, String callbackUrl, List<String> events, boolean enabled,
        long disabledMicros, String disabledReason, Integer lastFailureStatus, int failures) implements Row {}
