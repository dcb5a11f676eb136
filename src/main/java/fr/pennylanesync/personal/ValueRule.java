package fr.pennylanesync.personal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * Says what becomes of one value. A rule that was applied changes nothing when it is applied again.
 *
 * @param pseudonyms present where values are hashed
 */
public record ValueRule(PersonalKind kind, Treatment treatment, Optional<Pseudonyms> pseudonyms) {

    private static final String MASK = "***";
    private static final int SHOWN_DIGITS = 4;
    private static final int EXTENSION_MOST = 9;

    public ValueRule {
        if (treatment == Treatment.HASH && pseudonyms.isEmpty()) {
            throw new IllegalArgumentException("values are hashed with a key");
        }
    }

    /** Returns the rule that leaves values out. */
    static ValueRule omit(PersonalKind kind) {
        return new ValueRule(kind, Treatment.OMIT, Optional.empty());
    }

    /** Tells whether values stay as they are. */
    public boolean keeps() {
        return treatment == Treatment.KEEP;
    }

    /** Returns what stands for a text; empty where nothing does. */
    public Optional<String> apply(String text) {
        if (text.isEmpty()) {
            return Optional.of(text);
        }
        return switch (treatment) {
            case KEEP -> Optional.of(text);
            case MASK -> Optional.of(text.startsWith(MASK) ? text : masked(text));
            case HASH -> Optional.of(pseudonym(text));
            case OMIT -> Optional.empty();
        };
    }

    /** A file keeps its extension, which its content is held against. */
    private String pseudonym(String text) {
        String hashed = pseudonyms.orElseThrow().of(text);
        return kind == PersonalKind.FILE && !hashed.equals(text) ? hashed + extension(text) : hashed;
    }

    private String masked(String text) {
        return switch (kind) {
            case IBAN, CARD, PHONE -> MASK + (text.length() > 2 * SHOWN_DIGITS
                    ? text.substring(text.length() - SHOWN_DIGITS)
                    : "");
            case FILE -> MASK + extension(text);
            case NAME, EMAIL, ADDRESS, BIRTH, NUMBER, TEXT, BUSINESS -> MASK;
        };
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        return extension.length() <= EXTENSION_MOST && extension.matches("\\.[A-Za-z0-9]+") ? extension : "";
    }

    /** Returns what stands for a value of JSON; empty where nothing does. */
    public Optional<JsonNode> apply(JsonNode value) {
        if (keeps() || value.isNull() || value.isMissingNode()) {
            return Optional.of(value);
        }
        if (treatment == Treatment.OMIT) {
            return Optional.empty();
        }
        return Optional.of(within(value));
    }

    private JsonNode within(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode ruled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> ruled.set(field.getKey(), within(field.getValue())));
            return ruled;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode ruled = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> ruled.add(within(item)));
            return ruled;
        }
        return value.isNull() ? value : TextNode.valueOf(apply(value.asText()).orElseThrow());
    }
}
