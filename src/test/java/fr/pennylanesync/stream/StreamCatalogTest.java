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
        assertThat(catalog.find("quotes_appendices")).hasValueSatisfying(stream -> assertThat(stream.enabled()).isFalse());
        assertThat(catalog.find("nothing")).isEmpty();
        assertThat(catalog.all()).hasSize(3);
    }

    @Test
    void overridesSwitchStreamsOnAndOff() {
        StreamCatalog catalog = StreamCatalog.load(routes, Map.of("quotes_appendices", true, "quotes_invoice_lines", false));

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

        assertThatThrownBy(() -> StreamCatalog.load(routes, Map.of("typo", true))).isInstanceOf(FactsRefused.class)
                .hasMessageContaining("products.yaml").hasMessageContaining("`path` is not an API path").hasMessageContaining("unknown `reading`")
                .hasMessageContaining("orphans.yaml: its parent is no stream")
                .hasMessageContaining("streams.typo.enabled: no such stream");
    }

    private void write(String stream, String facts) throws IOException {
        Files.writeString(routes.resolve("streams").resolve(stream + ".yaml"), StreamFiles.containing(stream, facts));
    }

    private static List<String> names(List<StreamDefinition> streams) {
        return streams.stream().map(StreamDefinition::name).toList();
    }
}
