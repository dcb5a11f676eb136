package fr.pennylanesync.camel;

import org.apache.camel.impl.DefaultCamelContext;

/**
 * Resolves {@code {{…}}} in configuration values and token files with Camel's property functions: env, sys, and any on
 * the class path.
 */
public final class Placeholders {

    private Placeholders() {}

    /** @throws IllegalArgumentException if a placeholder has no value; the message does not hold the text */
    public static String resolve(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return context.resolvePropertyPlaceholders(text);
        } catch (Exception unresolved) {
            throw new IllegalArgumentException(
                    "PLACEHOLDER_UNRESOLVED: name an existing variable or give a default, {{env:NAME:default}}");
        }
    }
}
