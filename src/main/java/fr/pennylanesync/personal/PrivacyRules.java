package fr.pennylanesync.personal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules for personal data as they are configured.
 *
 * @param personalData what is done unless something else is said
 * @param streams what is said for single streams
 * @param fields what is said for single fields, by {@code <stream>.<field>}
 * @param pseudonyms present where a key is configured
 */
public record PrivacyRules(Treatment personalData, Map<String, Treatment> streams, Map<String, Treatment> fields,
        Optional<Pseudonyms> pseudonyms) {

    /** Keeps everything. */
    public static final PrivacyRules NONE =
            new PrivacyRules(Treatment.KEEP, Map.of(), Map.of(), Optional.empty());

    public PrivacyRules {
        streams = Map.copyOf(streams);
        fields = Map.copyOf(fields);
    }

    /** Returns what is in force for a stream. */
    public StreamRules of(String stream) {
        Map<String, Treatment> own = new LinkedHashMap<>();
        fields.forEach((name, treatment) -> {
            if (name.startsWith(stream + ".")) {
                own.put(name.substring(stream.length() + 1), treatment);
            }
        });
        return new StreamRules(personalData, Optional.ofNullable(streams.get(stream)), own, pseudonyms);
    }
}
