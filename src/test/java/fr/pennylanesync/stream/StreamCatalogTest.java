package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCatalogTest {

    @TempDir
    Path routes;

    @BeforeEach
    void writeStreams() throws IOException {
        Files.createDirectory(routes.resolve("streams"));
        write("quotes", "path: /quotes\nreading: keyset\n");
        write("quotes_invoice_lines", "parent: quotes\npath: /quotes/{parent}/invoice_lines\n");
        write("quotes_appendices", "parent: quotes\npath: /quotes/{parent}/appendices\nenabled: false\n");
    }

    @Test
    void resolvesRootsAndChildren() {
        StreamCatalog catalog = StreamCatalog.load(routes, Map.of());

        assertThat(names(catalog.roots())).containsExactly("quotes");
        assertThat(names(catalog.childrenOf("quotes"))).containsExactly("quotes_invoice_lines");
        assertThat(catalog.find("quotes_appendices"))
                .hasValueSatisfying(stream -> assertThat(stream.enabled()).isFalse());
        assertThat(catalog.find("nothing")).isEmpty();
        assertThat(catalog.all()).hasSize(3);
    }

    @Test
    void overridesSwitchStreamsOnAndOff() {
        StreamCatalog catalog =
                StreamCatalog.load(routes, Map.of("quotes_appendices", true, "quotes_invoice_lines", false));

        assertThat(names(catalog.childrenOf("quotes"))).containsExactly("quotes_appendices");
    }

    @Test
    void aDisabledRootIsNoRoot() {
        assertThat(StreamCatalog.load(routes, Map.of("quotes", false)).roots()).isEmpty();
    }

    @Test
    void refusesEveryFaultOfEveryFileAtOnce() throws IOException {
        write("orphans", "parent: nobody\npath: /nobody/{parent}/orphans\n");
        write("products", "path: products\nreading: never\n");
        write("products_prices", "parent: products\npath: /products/{parent}/prices\n");
        Files.write(routes.resolve("streams/latin.yaml"), new byte[] {'#', (byte) 0xE9});

        assertThatThrownBy(() -> StreamCatalog.load(routes, Map.of("typo", true, "products", false)))
                .isInstanceOf(RoutesException.class)
                .hasMessageMatching("""
                        streams/latin.yaml: cannot be read -> .*
                        streams/products.yaml:5: `path` is not an API path -> .*
                        streams/products.yaml:6: unknown `reading` -> .*
                        streams/orphans.yaml:5: its parent is no stream -> .*
                        streams.typo.enabled: no such stream -> .*""");
    }

    @Test
    void refusesAFileThatIsNoStreamFile() throws IOException {
        Path streams = routes.resolve("streams");
        Files.writeString(streams.resolve("other_id.yaml"),
                StreamFiles.containing("another", "path: /a\nreading: cursor\n"));
        Files.writeString(streams.resolve("Camel-Case.yaml"),
                StreamFiles.containing("Camel-Case", "path: /a\nreading: cursor\n"));
        Files.writeString(streams.resolve("no_route.yaml"), "- beans: []\n");
        Files.writeString(streams.resolve("no_direct.yaml"),
                StreamFiles.containing("no_direct", "path: /a\nreading: cursor\n")
                        .replace("direct:no_direct", "timer:tick"));
        Files.writeString(streams.resolve("documents.yaml"),
                StreamFiles.containing("documents", "path: /a\n") + "---\n- beans: []\n");
        Files.writeString(streams.resolve("text.yaml"), """
                - route:
                    id: text
                    from:
                      uri: direct:text
                      steps:
                        - setVariable:
                            name: stream
                            constant: |
                              path: /a
                        - to:
                            uri: direct:sync-stream
                """);
        Files.writeString(streams.resolve("no_facts.yaml"), """
                - route:
                    id: no_facts
                    from:
                      uri: direct:no_facts
                      steps:
                        - to:
                            uri: direct:sync-stream
                """);
        Files.writeString(streams.resolve("two.yaml"), StreamFiles.containing("two", "").repeat(2));

        assertThatThrownBy(() -> StreamCatalog.load(routes, Map.of())).isInstanceOf(RoutesException.class)
                .hasMessageMatching("""
                streams/Camel-Case.yaml:1: the file's name cannot name a table -> .*
                streams/documents.yaml:17: a second YAML document -> .*
                streams/no_direct.yaml:12: the route does not start at direct:no_direct -> .*
                streams/no_facts.yaml:1: not exactly one `- beans:` and one `- route:` -> .*
                streams/no_route.yaml:1: not exactly one `- beans:` and one `- route:` -> .*
                streams/other_id.yaml:2: the bean's name is not the file's stem and `-facts` -> set .*
                streams/other_id.yaml:8: the route's id is not the file's stem -> set `id: other_id`
                streams/other_id.yaml:12: the route does not start at direct:other_id -> set `from.uri: direct:other_id`
                streams/text.yaml:6: facts as a text within the route -> write them above the route as `- beans:` .*
                streams/two.yaml:1: not exactly one `- beans:` and one `- route:` -> .*""");
    }

    @Test
    void bothEndingsNameAStreamAndTwoFilesOfOneNameAreRefused() throws IOException {
        Path streams = routes.resolve("streams");
        Files.move(streams.resolve("quotes.yaml"), streams.resolve("quotes.camel.yaml"));
        Files.writeString(routes.resolve("stream.schema.json"), "{}");

        assertThat(names(StreamCatalog.load(routes, Map.of()).roots())).containsExactly("quotes");

        Files.copy(streams.resolve("quotes.camel.yaml"), streams.resolve("quotes.yaml"));

        assertThatThrownBy(() -> StreamCatalog.load(routes, Map.of())).isInstanceOf(RoutesException.class)
                .hasMessage("streams/quotes.yaml: a second file for the route `quotes` -> "
                        + "keep one of quotes.camel.yaml and quotes.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {".quotes.yaml.swp", ".#quotes.yaml", "#quotes.yaml#", "quotes.yaml~", "4913",
            "quotes.yaml.tmp", ".hidden.yaml",
            "quotes.yaml.bak", "quotes.yaml___jb_tmp___"})
    void leavesEditorsTheirFiles(String name) throws IOException {
        Files.writeString(routes.resolve("streams").resolve(name), "half writ");

        assertThat(RouteFiles.isLeftover(name)).isTrue();
        assertThat(StreamCatalog.load(routes, Map.of()).all()).hasSize(3);
    }

    @Test
    void aMissingFolderIsNoEmptyCatalog() {
        assertThatThrownBy(() -> StreamCatalog.load(routes.resolve("nowhere"), Map.of()))
                .isInstanceOf(RoutesException.class)
                .hasMessageContaining("no such directory").hasMessageContaining("routes.directory");
    }

    private void write(String stream, String facts) throws IOException {
        Files.writeString(routes.resolve("streams").resolve(stream + ".yaml"), StreamFiles.containing(stream, facts));
    }

    private static List<String> names(List<StreamDefinition> streams) {
        return streams.stream().map(StreamDefinition::name).toList();
    }
}
