package fr.pennylanesync.stream;

import java.util.Map;

/**
 * What the configuration says of streams.
 *
 * @param enabled whether a stream is synced, where that is said
 * @param privacy what becomes of personal data
 */
public record StreamOptions(Map<String, Boolean> enabled, PrivacyRules privacy) {

    /** Leaves everything as the stream files have it. */
    public static final StreamOptions NONE = new StreamOptions(Map.of(), PrivacyRules.NONE);

    public StreamOptions {
        enabled = Map.copyOf(enabled);
    }
}
