package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema by which editors check stream files says nothing of what lint takes, and refuses what lint refuses. */
class StreamSchemaTest {

    private static final Path FILE = Path.of("routes", RouteFiles.SCHEMA);
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(StreamSchema.text());
    private static final String NAMED = "# yaml-language-server: $schema=../" + RouteFiles.SCHEMA + "\n";

    private static final String LIST = """
            path: /quotes
            scope: quotes
            reading: keyset
            page-size: 1000
            changelog: quotes
            also-changed-by:
              quote_lines: quote.id
            refreshes:
              customers: customer_id
            embeds:
              products: product.id
            record-date: date
            enabled: false
            files:
              public_file_url: filename
              e_invoicing.source_file_url:
            columns:
              date: date
              customer_id: bigint from customer.id
            share:
              table: pennylane.quotes
              key: number, kind
              period: issued
              updated: updated_at
            share-columns:
              number: text
              kind: text
              issued: date as date
              updated_at: timestamptz
            """;
    private static final String CHILD = "path: /quotes/{parent}/lines\nparent: quotes\nsorted: true\ninclude: lines\n";
    private static final String SHARE_ALONE =
            "reading: share\ncolumns:\n  date: date\nshare:\n  table: pennylane.ledger\n  period: date\n";

    @Test
    void theSchemaInRoutesIsFresh() throws IOException {
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(FILE, StreamSchema.text());
        }

        assertThat(FILE).as("refresh it with: mvn -q test -Dtest=StreamSchemaTest -Dreference.update=true")
                .hasContent(StreamSchema.text());
    }

    static List<Path> shipped() {
        return RouteFiles.in(Path.of("routes/streams"));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedStreamNamesTheSchemaAndKeepsIt(Path file) throws IOException {
        String content = Files.readString(file);

        assertThat(content).startsWith(NAMED);
        assertThat(faults(content)).isEmpty();
        assertThat(file.getFileName().toString()).endsWith(RouteFiles.ENDING);
    }

    static Stream<String> right() {
        return Stream.of(LIST, CHILD, SHARE_ALONE, "path: /a\nreading: cursor\n",
                "path: /a/{parent}/b\nparent: a\nreading: children\n",
                "path: /a\nreading: keyset\nsorted: true\ncolumns:\n  a: jsonb\n");
    }

    @ParameterizedTest
    @MethodSource("right")
    void saysNothingOfWhatLintTakes(String facts) {
        String content = StreamFiles.containing("quotes", facts);

        assertThatCode(() -> StreamFile.read("quotes.yaml", content)).doesNotThrowAnyException();
        assertThat(faults(content)).isEmpty();
    }

    static Stream<Arguments> wrongFacts() {
        return Stream.of(
                arguments(LIST, "path: /quotes", "path: quotes"),
                arguments(LIST, "path: /quotes", "path: /quotes?limit=5"),
                arguments(LIST, "path: /quotes", "path: /quotes/{parent}/lines"),
                arguments(LIST, "path: /quotes\n", ""),
                arguments(LIST, "scope: quotes", "scop: quotes"),
                arguments(LIST, "scope: quotes", "scope: quotes:readonly"),
                arguments(LIST, "scope: quotes", "scope: \"#class:java.lang.Thread\""),
                arguments(LIST, "reading: keyset", "reading: pages"),
                arguments(LIST, "reading: keyset", "reading: children"),
                arguments(LIST, "reading: keyset\n", ""),
                arguments(LIST, "reading: keyset", "reading: keyset\nsorted: false"),
                arguments(LIST, "reading: keyset", "reading: share"),
                arguments(LIST, "reading: keyset", "reading: keyset\ninclude: lines"),
                arguments(LIST, "page-size: 1000", "page-size: 1001"),
                arguments(LIST, "page-size: 1000", "page-size: many"),
                arguments(LIST, "quote_lines: quote.id", "quote_lines:"),
                arguments(LIST, "quote_lines: quote.id", "quote-lines: quote.id"),
                arguments(LIST, "customers: customer_id", "customers: customer.id"),
                arguments(LIST, "record-date: date", "record-date: \"{{day}}\""),
                arguments(LIST, "enabled: false", "enabled: 1"),
                arguments(LIST, "public_file_url: filename", "public_file_url: the name"),
                arguments(LIST, "  date: date\n  customer_id", "  date: day\n  customer_id"),
                arguments(LIST, "customer_id: bigint from customer.id", "customer_id: bigint of customer.id"),
                arguments(LIST, "customer_id: bigint from customer.id", "customer_id: float"),
                arguments(LIST, "  date: date\n", "  Date: date\n"),
                arguments(LIST, "  date: date\n", "  payload: jsonb\n"),
                arguments(LIST, "table: pennylane.quotes", "table: quotes"),
                arguments(LIST, "  table: pennylane.quotes\n", ""),
                arguments(LIST, "key: number, kind", "keys: number, kind"),
                arguments(LIST, "number: text", "number: jsonb"),
                arguments(LIST, "issued: date as date", "issued: date from date"),
                arguments(LIST, LIST.substring(LIST.indexOf("share-columns")), ""),
                arguments(CHILD, "parent: quotes", "parent: drop table"),
                arguments(CHILD, "/{parent}", ""),
                arguments(CHILD, "sorted: true", "reading: cursor"),
                arguments(CHILD, "sorted: true", "sorted: maybe"),
                arguments(SHARE_ALONE, "reading: share", "reading: share\npath: /ledger"),
                arguments(SHARE_ALONE, SHARE_ALONE.substring(SHARE_ALONE.indexOf("share:\n")), ""));
    }

    @ParameterizedTest
    @MethodSource("wrongFacts")
    void refusesFactsThatLintRefusesToo(String facts, String from, String to) {
        assertThat(facts).contains(from);
        assertRefused(StreamFiles.containing("quotes", facts.replace(from, to)));
    }

    static Stream<Arguments> wrongFrames() {
        String type = "type: " + DeclaredStream.class.getName();
        return Stream.of(
                arguments("- beans:", "- beens:"),
                arguments("quotes-facts", "quotes"),
                arguments(type, "type: java.lang.Thread"),
                arguments(type, type + "\n      script: exit"),
                arguments(type, type + "\n      initMethod: notify"),
                arguments("- route:", "    - name: second-facts\n      " + type + "\n      properties: {}\n- route:"),
                arguments("id: quotes\n", "id: Quotes\n"),
                arguments("uri: direct:quotes\n", "uri: timer:tick\n"));
    }

    @ParameterizedTest
    @MethodSource("wrongFrames")
    void refusesFramesThatLintRefusesToo(String from, String to) {
        String content = StreamFiles.containing("quotes", LIST);
        assertThat(content).contains(from);
        assertRefused(content.replace(from, to));
    }

    /** Lint refuses these by its rules about routes, not by those about streams. */
    @ParameterizedTest
    @ValueSource(strings = {"uri: direct:sync-stream", "from:", "steps:", "description: For a test.", "id: quotes-sync",
            "routeConfigurationId: stream-failure"})
    void refusesARouteThatDoesSomethingElse(String part) {
        String content = StreamFiles.containing("quotes", LIST);
        assertThat(content).contains(part);

        assertThat(faults(content.replace(part, part.endsWith(":") ? "other:" : "other: other"))).isNotEmpty();
    }

    private static void assertRefused(String content) {
        assertThat(faults(content)).isNotEmpty();
        assertThatThrownBy(() -> StreamFile.read("quotes.yaml", content)).isInstanceOf(RoutesException.class);
    }

    /** An editor explains a fact where the pointer rests on it. */
    @Test
    void everyFactIsExplained() {
        JsonNode facts = SCHEMA.getSchemaNode()
                .at("/items/0/properties/beans/items/0/properties/properties/properties");

        assertThat(facts.fieldNames()).toIterable().hasSize(Fact.values().length);
        assertThat(facts).allSatisfy(fact -> assertThat(fact.path("description").asText()).endsWith("."));
    }

    @Test
    void theExampleOfTheReadmeIsAWholeStream() throws IOException {
        Matcher example = Pattern.compile("(?s)```yaml\n([^`]*- beans:.*?)```")
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).isTrue();
        String content = ("   " + example.group(1).strip()).stripIndent() + "\n";

        assertThat(content).startsWith(NAMED);
        assertThat(faults(content)).isEmpty();
        assertThat(StreamFile.read("direct_debits.camel.yaml", content).columns()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fact.class)
    void everyFactIsInTheGuideline(Fact fact) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/GUIDELINE.md")))
                .anySatisfy(line -> assertThat(line).startsWith("| `").contains("`" + fact.key() + "`"));
    }

    private static List<String> faults(String content) {
        return SCHEMA.validate(LocatedYaml.read("a.yaml", content).root()).stream().map(Object::toString).toList();
    }
}
