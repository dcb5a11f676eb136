package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The JSON schema that Camel ships for its YAML: finds misspelled steps and options. */
final class CamelSchema implements FileRule {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    /** Keywords that only say that none, or several, of the variants fit; the messages beside them say why. */
    private static final Set<String> SUMMARIES = Set.of("oneOf", "anyOf", "not");

    /** At most one finding per file, the one that tells most: what follows from a first mistake only confuses. */
    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return messages(file.root().deepCopy()).stream().min(Comparator.comparing(CamelSchema::vagueness)
                .thenComparing(message -> -message.getInstanceLocation().getNameCount())
                .thenComparing(ValidationMessage::getMessage))
                .map(message -> fault(file, message)).stream();
    }

    /** Camel takes {@code "true"} or a placeholder wherever its schema asks for a boolean or a number; so do we. */
    private static Set<ValidationMessage> messages(JsonNode root) {
        Set<ValidationMessage> messages = Holder.SCHEMA.validate(root);
        boolean anyUnquoted = false;
        for (ValidationMessage message : messages) {
            anyUnquoted |= QuotedScalar.unquote(root, message);
        }
        return anyUnquoted ? messages(root) : messages;
    }

    /**
     * Ranks complaints: where a step may be a text or a mapping, a mistake within the mapping also brings the complaint
     * that it is no text.
     */
    private static int vagueness(ValidationMessage message) {
        if (SUMMARIES.contains(message.getType())) {
            return 2;
        }
        return message.getType().equals("type") && message.getInstanceNode().isContainerNode() ? 1 : 0;
    }

    private static FactsFault fault(RouteFile file, ValidationMessage message) {
        String at = message.getInstanceLocation().toString();
        String rule = message.getMessage().startsWith(at + ": ") ? message.getMessage().substring(at.length() + 2)
                : message.getMessage();
        String property = message.getProperty() == null ? "" : "/" + message.getProperty();
        return file.fault(JsonPointer.compile(at + property), "not Camel's YAML: " + rule,
                "correct the name; a constant is written in quotes");
    }

    /** Read once, on first use: it is large. */
    private static final class Holder {

        static final JsonSchema SCHEMA = load();

        private static JsonSchema load() {
            JsonMetaSchema draft4 = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .keyword(new NonValidationKeyword("deprecated")).build();
            JsonSchemaFactory factory =
                    JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V4)).metaSchema(draft4).build();
            try (InputStream schema = CamelSchema.class.getResourceAsStream(RESOURCE)) {
                return factory.getSchema(schema, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER)
                        // What no route uses is never made: all of it takes a quarter of a gigabyte.
                        .preloadJsonSchema(false).build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
