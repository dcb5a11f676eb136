package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes the JSON schema of stream files, {@code routes/stream.schema.json}, by which an editor completes and checks as
 * one types. It knows one file at a time and so asks for less than lint, but never for something else.
 */
public final class StreamSchema {

    /** Editors' YAML servers know this draft best. */
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SNAKE_CASE = Names.SNAKE_CASE.pattern();
    private static final String PATH = FactsColumns.PATH_FORM;

    private StreamSchema() {}

    /** Returns the whole schema; the same code always gives the same text. */
    public static String text() {
        ObjectNode schema = JSON.objectNode().put("$schema", DRAFT).put("title", "A stream of pennylane-sync")
                .put("description", "The facts of one stream, then the route that begins its sync.");
        tuple(schema, beans(), route());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode beans() {
        ObjectNode bean = object("The facts of the stream.");
        property(bean, "name", matching("(?:" + SNAKE_CASE + ")" + StreamFile.BEAN_SUFFIX)
                .put("description", "The file's stem and " + StreamFile.BEAN_SUFFIX + "."));
        property(bean, "type", constant(DeclaredStream.class.getName()).put("description", "Always the same."));
        property(bean, "properties", facts());
        ObjectNode beans = JSON.objectNode();
        tuple(beans, require(bean, "name", "type", "properties"));
        return require(property(object("The stream."), "beans", beans), "beans");
    }

    private static ObjectNode route() {
        ObjectNode call = object("The call of the shared steps.");
        property(call, "id", text("Any name that no other step has: the stem and -sync."));
        property(call, "uri", constant("direct:sync-stream"));
        ObjectNode steps = JSON.objectNode();
        tuple(steps, require(property(object("The only step."), "to", require(call, "id", "uri")), "to"));
        ObjectNode from = object("Where the route starts.");
        property(from, "uri",
                matching("direct:(?:" + SNAKE_CASE + ")").put("description", "direct: and the file's stem."));
        property(from, "steps", steps);
        ObjectNode route = object("The route that begins the stream's sync.");
        property(route, "id", matching(SNAKE_CASE).put("description", "The file's stem."));
        property(route, "description", text("One sentence for people: what the stream holds."));
        property(route, "routeConfigurationId", text("The policy that decides when the sync fails: stream-failure."));
        property(route, "from", require(from, "uri", "steps"));
        require(route, "id", "description", "routeConfigurationId", "from");
        return require(property(object("The route."), "route", route), "route");
    }

    private static ObjectNode facts() {
        ObjectNode facts = object("What is read, how, and where it lands.");
        for (Fact fact : Fact.values()) {
            property(facts, fact.key(), fact(fact).put("description", fact.description()));
        }
        facts.putArray("allOf").add(subListRule()).add(shareRule()).add(shareColumnsRule()).add(keysetRule());
        return facts;
    }

    private static ObjectNode fact(Fact fact) {
        return switch (fact) {
            case PARENT, INCLUDE, CHANGELOG -> matching(SNAKE_CASE);
            case SCOPE -> matching("(?:" + SNAKE_CASE + ")(?:" + StreamDefinition.OR + "(?:" + SNAKE_CASE + "))*");
            case KEY -> matching(PATH + "(?:, *" + PATH + ")*");
            case PATH -> matching(Facts.API_PATH.pattern());
            case READING -> oneOf(labels(reading -> true));
            case SORTED, ENABLED, OPTIONAL -> JSON.objectNode().put("type", "boolean");
            case PAGE_SIZE -> JSON.objectNode().put("type", "integer")
                    .put("minimum", 1).put("maximum", Facts.PAGE_SIZE_MAX).put("default", Facts.PAGE_SIZE_USUAL);
            case ALSO_CHANGED_BY, EMBEDS -> map(matching(SNAKE_CASE), matching(PATH));
            case REFRESHES, FILTERED_BY, MIRRORS -> map(matching(SNAKE_CASE), matching(SNAKE_CASE));
            case CONCERNED_BY, SETTLEMENT,
                    INDEXES -> matching("(?:" + SNAKE_CASE + ")(?:, *(?:" + SNAKE_CASE + "))*");
            case RECORD_DATE -> matching(PATH);
            case FILES -> map(matching(PATH),
                    anyOf(JSON.objectNode().put("type", "null"), matching("(?:" + PATH + ")?")));
            case PERSONAL -> map(matching(PATH), matching(FactsPersonal.FIELD_FORM));
            case PERSONS -> map(oneOf(FactsPersonal.PERSONS.stream().sorted()),
                    matching("\\{parent\\}|" + PATH));
            case COLUMNS -> map(columnName(), typed(List.of(ColumnType.values()), FactsColumns.COLUMN_FORM));
            case SHARE -> share();
            case SHARE_COLUMNS -> map(matching(SNAKE_CASE), typed(sharedTypes(), " as (\\w+)"));
        };
    }

    private static ObjectNode columnName() {
        ObjectNode name = matching(SNAKE_CASE);
        name.set("not", oneOf(new TreeSet<>(Names.OWN_COLUMNS).stream()));
        return name;
    }

    private static List<ColumnType> sharedTypes() {
        return Arrays.stream(ColumnType.values()).filter(type -> type != ColumnType.JSONB).toList();
    }

    /** Offers the types alone, so that an editor completes them, and takes one with its source behind it. */
    private static ObjectNode typed(List<ColumnType> types, String source) {
        List<String> names = types.stream().map(ColumnType::sql).toList();
        return anyOf(oneOf(names.stream()), matching("(?:" + String.join("|", names) + ")" + source));
    }

    private static ObjectNode share() {
        ObjectNode share = object("");
        for (ShareFact fact : ShareFact.values()) {
            ObjectNode value = fact == ShareFact.TABLE ? matching(ShareTable.TABLE.pattern())
                    : fact == ShareFact.KEY ? matching("\\w+(?: *, *\\w+)*") : matching(SNAKE_CASE);
            property(share, fact.key(), value.put("description", fact.description()));
        }
        return require(share, ShareFact.TABLE.key());
    }

    /** A sub-list names its parent in its path and no way of reading of its own; a list says how it is read. */
    private static ObjectNode subListRule() {
        ObjectNode parentId = JSON.objectNode().put("pattern", "\\{parent\\}");
        ObjectNode child = require(JSON.objectNode(), Fact.PATH.key());
        properties(child).<ObjectNode>set(Fact.PATH.key(), parentId)
                .set(Fact.READING.key(), oneOf(labels(reading -> reading == ReadStrategy.CHILDREN)));
        ObjectNode list = require(JSON.objectNode(), Fact.READING.key());
        ObjectNode notForParents = JSON.objectNode();
        notForParents.set("not", parentId);
        ObjectNode listed = properties(list);
        listed.<ObjectNode>set(Fact.PATH.key(), notForParents)
                .set(Fact.READING.key(), oneOf(labels(reading -> reading != ReadStrategy.CHILDREN)));
        listed.put(Fact.INCLUDE.key(), false);
        Facts.EVIDENCE.forEach(fact -> listed.put(fact.key(), false));
        return rule(require(JSON.objectNode(), Fact.PARENT.key()), child, list);
    }

    /** Describes a stream of the share alone: it is not in the API, and its columns are the share's. */
    private static ObjectNode shareRule() {
        ObjectNode shareOnly = require(JSON.objectNode(), Fact.SHARE.key());
        properties(shareOnly).put(Fact.PATH.key(), false).put(Fact.SHARE_COLUMNS.key(), false);
        return rule(reads(ReadStrategy.SHARE), shareOnly, require(JSON.objectNode(), Fact.PATH.key()));
    }

    private static ObjectNode shareColumnsRule() {
        ObjectNode needed = JSON.objectNode();
        needed.putArray("anyOf").add(reads(ReadStrategy.SHARE)).add(reads(ReadStrategy.FISCAL_YEARS))
                .add(require(JSON.objectNode(), Fact.SHARE_COLUMNS.key()));
        return rule(require(JSON.objectNode(), Fact.SHARE.key()), needed, JSON.objectNode());
    }

    private static ObjectNode keysetRule() {
        ObjectNode sorted = JSON.objectNode();
        properties(sorted).set(Fact.SORTED.key(), JSON.objectNode().put("const", true));
        return rule(reads(ReadStrategy.KEYSET), sorted, JSON.objectNode());
    }

    private static ObjectNode reads(ReadStrategy reading) {
        ObjectNode reads = require(JSON.objectNode(), Fact.READING.key());
        properties(reads).set(Fact.READING.key(), constant(reading.label()));
        return reads;
    }

    private static ObjectNode rule(ObjectNode condition, ObjectNode then, ObjectNode otherwise) {
        return JSON.objectNode().<ObjectNode>set("if", condition).<ObjectNode>set("then", then).set("else", otherwise);
    }

    private static Stream<String> labels(Predicate<ReadStrategy> those) {
        return Arrays.stream(ReadStrategy.values()).filter(those).map(ReadStrategy::label);
    }

    private static ObjectNode object(String description) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        if (!description.isEmpty()) {
            object.put("description", description);
        }
        object.put("additionalProperties", false).putObject("properties");
        return object;
    }

    private static ObjectNode properties(ObjectNode schema) {
        return schema.has("properties") ? (ObjectNode) schema.get("properties") : schema.putObject("properties");
    }

    private static ObjectNode property(ObjectNode object, String name, ObjectNode schema) {
        properties(object).set(name, schema);
        return object;
    }

    private static ObjectNode require(ObjectNode object, String... names) {
        ArrayNode required = object.putArray("required");
        Stream.of(names).forEach(required::add);
        return object;
    }

    /** Makes a schema that of a list with exactly these elements. */
    private static void tuple(ObjectNode schema, ObjectNode... elements) {
        schema.put("type", "array").put("minItems", elements.length).put("maxItems", elements.length);
        ArrayNode items = schema.putArray("items");
        Stream.of(elements).forEach(items::add);
    }

    private static ObjectNode map(ObjectNode names, ObjectNode values) {
        return JSON.objectNode().put("type", "object").<ObjectNode>set("propertyNames", names)
                .set("additionalProperties", values);
    }

    private static ObjectNode text(String description) {
        return JSON.objectNode().put("type", "string").put("pattern", "\\S").put("description", description);
    }

    private static ObjectNode matching(String whole) {
        return JSON.objectNode().put("type", "string").put("pattern", "^(?:" + whole + ")$");
    }

    private static ObjectNode constant(String value) {
        return JSON.objectNode().put("const", value);
    }

    private static ObjectNode oneOf(Stream<String> values) {
        ObjectNode schema = JSON.objectNode();
        values.forEach(schema.putArray("enum")::add);
        return schema;
    }

    private static ObjectNode anyOf(ObjectNode... variants) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("anyOf").addAll(List.of(variants));
        return schema;
    }
}
