package fr.pennylanesync.personal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules for personal data that are in force for one stream.
 *
 * @param byDefault of {@code privacy.personal-data}
 * @param ofStream of {@code streams.<stream>.privacy}
 * @param ofFields of {@code streams.<stream>.<field>.privacy}, by the field's dotted path
 * @param pseudonyms present where a key is configured
 */
public record StreamRules(Treatment byDefault, Optional<Treatment> ofStream, Map<String, Treatment> ofFields,
        Optional<Pseudonyms> pseudonyms) {

    /** Keeps everything. */
    public static final StreamRules NONE =
            new StreamRules(Treatment.KEEP, Optional.empty(), Map.of(), Optional.empty());

    public StreamRules {
        ofFields = Map.copyOf(ofFields);
    }

    /** Tells whether any value may become another. */
    boolean isActive() {
        return ofStream.orElse(byDefault) != Treatment.KEEP
                || ofFields.values().stream().anyMatch(treatment -> treatment != Treatment.KEEP);
    }

    /** Tells whether the configuration speaks of this stream, or this field: no condition of its file counts then. */
    boolean isExplicit(String field) {
        return ofFields.containsKey(field) || ofStream.isPresent();
    }

    ValueRule of(String field, PersonalKind kind) {
        Treatment treatment = Optional.ofNullable(ofFields.get(field)).or(() -> ofStream)
                .orElse(kind.isSwitched() ? byDefault : Treatment.KEEP);
        return new ValueRule(kind, treatment, treatment == Treatment.HASH ? pseudonyms : Optional.empty());
    }

    /** Says which rules these are, for the ledger: the same rules always give the same text. */
    String text() {
        StringBuilder text = new StringBuilder("personal-data=" + byDefault.label());
        ofStream.ifPresent(treatment -> text.append(" stream=").append(treatment.label()));
        new TreeMap<>(ofFields)
                .forEach((field, treatment) -> text.append(' ').append(field).append('=').append(treatment.label()));
        boolean hashes = ofStream.orElse(byDefault) == Treatment.HASH || ofFields.containsValue(Treatment.HASH);
        pseudonyms.filter(key -> hashes).ifPresent(key -> text.append(" key=").append(key.keyId()));
        return text.toString();
    }
}
