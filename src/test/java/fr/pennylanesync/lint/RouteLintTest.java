package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteLintTest {

    private static final String POLICY = "policies/stream-failure.yaml";
    private static final String QUOTES = "streams/quotes.camel.yaml";
    private static final String APPENDICES = "streams/quotes_appendices.camel.yaml";
    private static final String SYNC = "steps/sync-stream.yaml";
    private static final String NEXT = "steps/next-batch.yaml";
    private static final String READ = "steps/read-page.yaml";
    private static final String LAND = "steps/land-batch.yaml";
    private static final String JOB = "jobs/sweep-quarantine.yaml";

    @TempDir
    Path routes;

    @BeforeEach
    void writeGoodRoutes() throws IOException {
        GoodRoutes.write(routes);
    }

    @Test
    void findsNothingInGoodRoutes() {
        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    @Test
    void aPolicyMayBeginWithTheQuietRedelivery() throws IOException {
        Path policy = routes.resolve(POLICY);
        String quiet = Files.readString(policy).replace("    onException:\n      - ", "    errorHandler:\n"
                + "      defaultErrorHandler:\n        redeliveryPolicyRef: quietRedelivery\n    onException:\n"
                + "      - ")
                .replaceAll("            log\\w+: \"false\"\n", "");
        Files.writeString(policy, quiet);
        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();

        Files.writeString(policy, quiet.replace("maximumRedeliveries: \"3\"",
                "maximumRedeliveries: \"3\"\n            logStackTrace: \"true\""));
        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement().extracting(FactsFault::rule)
                .isEqualTo("`logStackTrace` is not switched off");

        Files.writeString(policy, quiet.replace("quietRedelivery", "anotherOne"));
        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).hasSize(3);
    }

    /** Each: the file, the good text, what spoils it, and the one finding expected, with its line. */
    static Stream<Arguments> spoiled() {
        return Stream.of(shapes(), beans(), names(), styles(), secrets(), privacy(), doors(), facts(), failures())
                .flatMap(cases -> cases);
    }

    /** A bean block could make any class and run any script. */
    private static Stream<Arguments> beans() {
        String type = "type: fr.pennylanesync.stream.DeclaredStream";
        return Stream.of(
                arguments(QUOTES, "- route:", "- from:", 1, "not exactly one `- beans:` and one `- route:`"),
                arguments(QUOTES, "- route:", "  script: x\n- route:", 1,
                        "not exactly one `- beans:` and one `- route:`"),
                arguments(QUOTES, "- route:", "- beans: []\n- route:", 1,
                        "not exactly one `- beans:` and one `- route:`"),
                arguments(QUOTES, "- route:", "    - name: other\n      type: java.lang.Thread\n- route:", 1,
                        "not exactly one bean"),
                arguments(QUOTES, "name: quotes-facts", "name: sync", 2,
                        "the bean's name is not the file's stem and `-facts`"),
                arguments(QUOTES, "    - name: quotes-facts\n      ", "    - ", 2,
                        "the bean's name is not the file's stem and `-facts`"),
                arguments(QUOTES, type, "type: java.lang.Thread", 3, "the bean is no stream"),
                arguments(QUOTES, type, "type: \"#class:java.lang.Thread\"", 3, "the bean is no stream"),
                arguments(QUOTES, type, type + "\n      scriptLanguage: groovy", 4, "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      script: exit", 4, "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      factoryBean: sync", 4, "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      factoryMethod: of", 4, "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      builderClass: java.lang.Thread", 4,
                        "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      constructors:\n        0: x", 4,
                        "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      initMethod: notify", 4, "the bean has more than facts"),
                arguments(QUOTES, type, type + "\n      destroyMethod: notify", 4, "the bean has more than facts"),
                arguments(QUOTES, "scope: quotes", "scope: \"#class:java.lang.Thread\"", 6, "`scope` is not a name"),
                arguments(QUOTES, "        path: /quotes\n", "", 4, "`path` is not an API path"),
                arguments(QUOTES, "id: quotes\n", "id: quotations\n", 16, "the route's id is not the file's stem"),
                arguments(QUOTES, "uri: direct:quotes\n", "uri: timer:tick\n", 20,
                        "the route does not start at direct:quotes"));
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
                arguments(NEXT, "routeConfigurationId:", "  routeConfigurationId:", 4,
                        "not valid YAML: mapping values are not allowed here"),
                arguments(NEXT, "    description:", "    id: next-batch\n    description:", 3,
                        "not valid YAML: Duplicate field 'id'"),
                arguments(NEXT, "uri: direct:next-batch", "uri: &here direct:next-batch\n      note: *here", 7,
                        "an alias hides what stands here"),
                arguments(NEXT, "    description:", "---\n- a: b\n", 4, "a second YAML document"),
                arguments(NEXT, "- route:", "- beans: []\n- route:", 1, "not exactly one `- route:`"),
                arguments(NEXT, "- route:", "route:", 1, "not exactly one `- route:`"),
                arguments(NEXT, "- route:", "- routeTemplate:", 1, "a route template: hot reload loses its routes"),
                arguments(NEXT, "- route:", "- templatedRoute:", 1, "a route template: hot reload loses its routes"),
                arguments(NEXT, "- route:", "- routeConfiguration:", 1,
                        "`routeConfiguration` is not what steps/ holds"),
                arguments(POLICY, "- routeConfiguration:", "- route:", 1, "`route` is not what policies/ holds"),
                arguments(NEXT, "id: next-batch\n", "id: nextbatch\n", 2, "the id is not the file's stem"),
                arguments(NEXT, "    id: next-batch\n", "", 1, "the id is not the file's stem"),
                arguments(JOB, "from:", "form:", 5,
                        "not Camel's YAML: property 'form' is not defined in the schema and the schema does not allow "
                                + "additional properties"),
                arguments(LAND, "ref: sync", "reff: sync", 10,
                        "not Camel's YAML: property 'reff' is not defined in the schema and the schema does "
                                + "not allow additional properties"),
                arguments(SYNC, "doWhile: \"true\"", "doWhile: \"maybe\"", 11,
                        "not Camel's YAML: string found, boolean expected"),
                arguments(POLICY, "maximumRedeliveries: \"3\"", "maximumRedeliveries: \"few\"", 8,
                        "not Camel's YAML: string found, number expected"),
                arguments(SYNC, "expression: \"${variable.pass.unfinished}\"", "expression: 5", 13,
                        "not Camel's YAML: integer found, string expected"));
    }

    private static Stream<Arguments> names() {
        return Stream.of(
                arguments(NEXT, "id: next-batch-land", "id: next-batch-read", 12,
                        "the id `next-batch-read` is used twice"),
                arguments(NEXT, "uri: direct:next-batch", "uri: direct:nextbatch", 1,
                        "the step does not start at direct:next-batch"),
                arguments(NEXT, "uri: direct:next-batch", "uri: timer\n      parameters:\n        timerName: tick", 1,
                        "the step does not start at direct:next-batch"),
                arguments(LAND, "- transacted: {}",
                        "- to:\n            id: land-batch-x\n            uri: direct:nowhere", 10,
                        "direct:nowhere has no route"),
                arguments(POLICY, "- bean:\n                ref: sync\n                method: failed",
                        "- to:\n                id: stream-failure-x\n                uri: direct:nowhere\n"
                                + "            - bean:\n                ref: sync\n                method: failed",
                        18,
                        "direct:nowhere has no route"),
                arguments(LAND, "- transacted: {}",
                        "- to:\n            id: land-batch-x\n            uri: direct\n            parameters:\n"
                                + "              name: nowhere",
                        10, "direct:nowhere has no route"),
                arguments(LAND, "- transacted: {}",
                        "- to:\n            id: land-batch-x\n            uri: direct:sweep-quarantine", 10,
                        "direct:sweep-quarantine has no route"),
                arguments(JOB, "description: Tries again each night.", "description: \"\"", 1, "no description"),
                arguments(QUOTES, "    description: Quotes sent to customers.\n", "", 15, "no description"),
                arguments(JOB, "    routeConfigurationId: stream-failure\n", "", 1, "no failure policy"),
                arguments(JOB, "routeConfigurationId: stream-failure", "routeConfigurationId: stream-failure,shrug", 4,
                        "no such policy: shrug"));
    }

    private static Stream<Arguments> styles() {
        return Stream.of(
                arguments(LAND, "- bean:\n            ref: sync\n            method: land",
                        "- bean: {ref: sync, method: land}", 9,
                        "a mapping in braces"),
                arguments(NEXT, "- to:\n            id: next-batch-land\n            uri: direct:land-batch",
                        "- to: direct:land-batch", 11,
                        "`to` in its short form"),
                arguments(JOB, "uri: quartz\n", "uri: quartz:sweep?stateful=true\n", 6, "options within the URI"),
                arguments(NEXT, "            id: next-batch-land\n", "", 11, "`to` without an id"));
    }

    private static Stream<Arguments> secrets() {
        String to =
                "- to:\n            id: land-batch-x\n            uri: slack:#alarms\n            parameters:\n"
                        + "              ";
        return Stream.of(
                arguments(LAND, "- transacted: {}", to + "password: hunter2", 12, "a literal secret in `password`"),
                arguments(LAND, "- transacted: {}", to + "accessKey: k1", 12, "a literal secret in `accessKey`"),
                arguments(LAND, "- transacted: {}", to + "webhook-token: 12345", 12,
                        "a literal secret in `webhook-token`"),
                arguments(LAND, "- transacted: {}", "- setHeader:\n            name: X-Api-Key\n            constant:\n"
                        + "              expression: open sesame", 8, "a literal secret in `X-Api-Key`"),
                arguments(LAND, "ref: sync", "ref: sync # was T0kenOfTheCompanyAcme4711xyz", 10,
                        "something that looks like a secret"),
                arguments(LAND, "One transaction.", "One transaction, not Bearer abc.", 3,
                        "something that looks like a secret"),
                arguments(LAND, "One transaction.", "See https://admin:pw@example.com", 3,
                        "something that looks like a secret"),
                arguments(LAND, "One transaction.", "AKIAIOSFODNN7EXAMPLE", 3, "something that looks like a secret"),
                arguments(LAND, "One transaction.", "0123456789abcdef0123456789abcdef", 3,
                        "something that looks like a secret"));
    }

    private static Stream<Arguments> privacy() {
        String log = "message: \"sync_started stream=${variable.stream} exchange=${exchangeId}\"";
        return Stream.of(
                arguments(POLICY, "            logStackTrace: \"false\"\n", "", 4,
                        "`logStackTrace` is not switched off"),
                arguments(POLICY, "logExhausted: \"false\"", "logExhausted: \"true\"", 4,
                        "`logExhausted` is not switched off"));
    }

    private static Stream<Arguments> doors() {
        String to = "- to:\n            id: land-batch-x\n            uri: ";
        return Stream.of(
                arguments(SYNC,
                        "direct:next-batch\n        - toD:\n            id: sync-stream-child\n            uri: "
                                + "\"direct:${variable.child}\"",
                        "direct:read-page\n        - to:\n            id: sync-stream-child\n            uri: "
                                + "direct:next-batch",
                        10,
                        "a loop that reads pages and never lands them"),
                arguments(QUOTES, "- to:", "- log:\n            message: begun\n        - to:", 21,
                        "a stream file with more than facts"),
                arguments(QUOTES, "direct:sync-stream", "direct:next-batch", 21, "a stream file with more than facts"));
    }

    private static Stream<Arguments> facts() {
        return Stream.of(
                arguments(QUOTES, "reading: keyset", "reading: pages", 7, "unknown `reading`"),
                arguments(QUOTES, "amount: numeric", "amount: float", 14, "column `amount` has no known type"),
                arguments(QUOTES, "amount: numeric", "link: text from public_file_url", 14,
                        "column `link` would store a file's expiring URL"),
                arguments(QUOTES, "amount: numeric", "link: text from customer.url", 14, "column `link` holds a link"),
                arguments(QUOTES, "amount: numeric", "pdf_url: text", 14, "column `pdf_url` holds a link"),
                arguments(QUOTES, "changelog: quotes", "changelog: quotations", 8, "no such changelog: quotations"),
                arguments(QUOTES, "scope: quotes", "scope: quotes:readonly", 6, "`scope` is not a name"),
                arguments(QUOTES, "scope: quotes", "scope: quotations", 6, "no such scope: quotations"),
                arguments(QUOTES, "reading: keyset", "reading: keyset\n        page-size: 500", 8,
                        "a page size of 500"),
                arguments(QUOTES, "record-date: date", "record-date: amount", 9,
                        "`record-date` is no date of this stream"),
                arguments(QUOTES, "changelog: quotes", "also-changed-by:\n          quotes_prices: quote.id", 9,
                        "no such changelog: quotes_prices"),
                arguments(QUOTES, "columns:", "refreshes:\n          orders: order_id\n        columns:\n"
                        + "          order_id: bigint from order.id", 13, "it refreshes no stream"),
                arguments(APPENDICES, "scope: quotes", "scope: quotes\n        changelog: quotes", 8,
                        "a child with a changelog"),
                arguments(APPENDICES, "parent: quotes", "parent: orders", 5, "its parent is no stream"));
    }

    private static Stream<Arguments> failures() {
        String record = "- bean:\n                ref: sync\n                method: failed";
        return Stream.of(
                arguments(POLICY, record, "- log:\n                message: failed", 4,
                        "a failure that is handled and not recorded"),
                arguments(POLICY, "method: failed", "method: failed\n                disabled: \"true\"", 4,
                        "a failure that is handled and not recorded"),
                arguments(POLICY, "handled:", "continued:", 4, "a route that goes on behind a step that failed"),
                arguments(POLICY, "    onException:\n      - ", "    errorHandler:\n      deadLetterChannel:\n"
                        + "        deadLetterUri: direct:sync-stream\n    onException:\n      - ", 4,
                        "a failure that is handled and not recorded"));
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void findsExactlyWhatIsWrong(String file, String from, String to, int line, String rule) throws IOException {
        GoodRoutes.spoil(routes, file, from, to);

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement()
                .satisfies(fault -> assertThat(fault.file() + ":" + fault.line() + ": " + fault.rule())
                        .isEqualTo(routes.resolve(file) + ":" + line + ": " + rule))
                .satisfies(fault -> assertThat(fault.remedy()).isNotBlank());
    }

    @Test
    void anIdThatTwoFilesShareIsFoundInTheSecond() throws IOException {
        GoodRoutes.spoil(routes, NEXT, "id: next-batch-land", "id: read-page-http");
        GoodRoutes.write(routes, "jobs/land-batch.yaml",
                GoodRoutes.FILES.get(JOB).replace("sweep-quarantine", "land-batch"));

        assertThat(RouteLint.check(routes, RouteLint.GENERAL))
                .extracting(
                        fault -> routes.relativize(Path.of(fault.file())) + ":" + fault.line() + ": " + fault.rule())
                .containsExactly(LAND + ":2: the id `land-batch` is used twice",
                        READ + ":13: the id `read-page-http` is used twice");
    }

    @Test
    void factsAsATextAreRefusedWithTheWayToConvertThem() throws IOException {
        GoodRoutes.write(routes, QUOTES, """
                - route:
                    id: quotes
                    description: Quotes sent to customers.
                    routeConfigurationId: stream-failure
                    from:
                      uri: direct:quotes
                      steps:
                        - setVariable:
                            name: stream
                            constant: |
                              path: /quotes
                        - to:
                            id: quotes-sync
                            uri: direct:sync-stream
                """);

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement().hasToString(routes.resolve(QUOTES)
                + ":8: facts as a text within the route -> write them above the route as `- beans:` with "
                + "`name: quotes-facts`, `type: fr.pennylanesync.stream.DeclaredStream` and the lines of the text as "
                + "`properties:`; remove the step");
    }

    @Test
    void aColumnMayBeNamedAsAStepIs() throws IOException {
        GoodRoutes.spoil(routes, QUOTES, "amount: numeric",
                "to: text from recipient\n          uri: text\n          constant: text");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    @Test
    void bothEndingsNameARouteAndTwoFilesOfOneNameAreRefused() throws IOException {
        Files.move(routes.resolve(LAND), routes.resolve("steps/land-batch.camel.yaml"));
        Files.move(routes.resolve(POLICY), routes.resolve("policies/stream-failure.camel.yaml"));
        Files.move(routes.resolve(QUOTES), routes.resolve("streams/quotes.yaml"));
        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();

        GoodRoutes.write(routes, LAND, GoodRoutes.FILES.get(LAND));

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement().hasToString(routes.resolve(LAND)
                + ": a second file for the route `land-batch` -> "
                + "keep one of land-batch.camel.yaml and land-batch.yaml");
    }

    @Test
    void theSchemaForEditorsIsNoRoute() throws IOException {
        GoodRoutes.write(routes, "stream.schema.json", "{}");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    @Test
    void aStepThatNobodyCallsIsDead() throws IOException {
        GoodRoutes.write(routes, "steps/land-again.yaml",
                GoodRoutes.FILES.get(LAND).replace("land-batch", "land-again"));

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement().extracting(FactsFault::rule)
                .isEqualTo("nobody calls direct:land-again");
    }

    @Test
    void aStepThatOurCodeCallsCannotBeDeleted() throws IOException {
        Files.delete(routes.resolve("steps/sync-company.yaml"));

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement()
                .hasToString(routes.resolve("steps/sync-company.camel.yaml")
                        + ": the step is missing -> put it back: the command sync calls it");
    }

    @Test
    void aSecretWithinAUriIsFoundBesideTheUrisOptions() throws IOException {
        GoodRoutes.spoil(routes, LAND, "- transacted: {}",
                "- to:\n            id: land-batch-x\n            uri: \"slack:#alarms?webhookToken=abc&showX=true\"");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).extracting(FactsFault::rule).containsExactly(
                "options within the URI",
                "a literal secret in a URI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ref: sync # see Sha256ChecksumOfEveryRecordReadBack",
            "ref: sync # customer_invoices_custom_header_fields_2",
            "ref: \"{{sync.bean-of-the-very-long-named-step-1}}\""})
    void longNamesAreNoSecrets(String text) throws IOException {
        GoodRoutes.spoil(routes, LAND, "ref: sync", text);

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password: \"{{env:ALARM_PASSWORD}}\"", "accessKey: \"#alarmKey\"",
            "password: \"${variable.alarmPassword}\""})
    void aSecretByReferenceIsNoLiteral(String option) throws IOException {
        GoodRoutes.spoil(routes, LAND, "- transacted: {}",
                "- to:\n            id: land-batch-x\n            uri: slack:#alarms\n            parameters:\n"
                        + "              "
                        + option);

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    @Test
    void whatRefersToABrokenFileIsNotAtFault() throws IOException {
        GoodRoutes.write(routes, NEXT, "- route: {");
        GoodRoutes.write(routes, POLICY, "");
        GoodRoutes.write(routes, QUOTES, "- route");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL))
                .extracting(fault -> routes.relativize(Path.of(fault.file())).toString())
                .containsExactly(POLICY, NEXT, QUOTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps/.walk.yaml.swp", "steps/#walk.yaml#", "steps/walk.yaml~", "steps/4913",
            "steps/walk.yaml.tmp", ".git", "..data"})
    void leavesEditorsTheirFiles(String name) throws IOException {
        GoodRoutes.write(routes, name, "half writ");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isEmpty();
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                arguments("README.md", "not a folder of routes"),
                arguments("stages/walk.yaml", "not a folder of routes"),
                arguments("steps/walk.yml", "not a route file"),
                arguments("steps/deep/walk.yaml", "not a route file"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void onlyRouteFilesInKnownFolders(String name, String rule) throws IOException {
        GoodRoutes.write(routes, name, "- route:\n");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).singleElement().satisfies(fault -> {
            assertThat(routes.resolve(name).toString()).startsWith(fault.file());
            assertThat(fault.rule()).isEqualTo(rule);
        });
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        GoodRoutes.write(routes, LAND, "# " + "x".repeat(100_000));
        Files.write(routes.resolve(JOB), new byte[] {'#', (byte) 0xE9});

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).extracting(FactsFault::rule).containsExactly(
                "cannot be read",
                "larger than 100000 bytes");
    }

    @Test
    void anEmptyDirectoryIsNoTree(@TempDir Path empty) {
        assertThat(RouteLint.check(empty, RouteLint.GENERAL)).singleElement().extracting(FactsFault::rule)
                .isEqualTo("no route file at all");
        assertThatThrownBy(() -> RouteLint.check(empty.resolve("nowhere"), RouteLint.GENERAL))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aFindingNeverRepeatsASecret() throws IOException {
        GoodRoutes.spoil(routes, LAND, "ref: sync", "ref: sync\n            password: T0kenOfTheCompanyAcme4711xyz");

        assertThat(RouteLint.check(routes, RouteLint.GENERAL)).isNotEmpty()
                .noneSatisfy(fault -> assertThat(fault.toString()).contains("T0ken"));
    }
}
