package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.stream.StreamCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubListReaderTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private final SubListReader reader =
            new SubListReader(CATALOG.find("customer_invoices_invoice_lines").orElseThrow());

    @Test
    void readsEachParentPageByPageAndThenTheNext() {
        reader.begin(List.of(7L, 8L));
        assertThat(reader.request().path()).contains("/7/");
        assertThat(reader.request().cursor()).isEmpty();
        assertThat(reader.advance(page(1, "more"))).isFalse();
        assertThat(reader.parent()).isEqualTo(7);
        assertThat(reader.request().cursor()).contains("more");
        assertThat(reader.advance(page(2, null))).isTrue();
        assertThat(reader.request().path()).contains("/8/");
        assertThat(reader.request().cursor()).as("of another parent").isEmpty();
        assertThat(reader.isDone()).isFalse();
        assertThat(reader.advance(page(3, null))).isTrue();
        assertThat(reader.isDone()).isTrue();
    }

    @Test
    void leavesAParentInTheMiddleOfItsList() {
        reader.begin(List.of(7L, 8L));
        reader.advance(page(1, "more"));
        reader.leaveParent();
        assertThat(reader.parent()).isEqualTo(8);
        assertThat(reader.request().cursor()).isEmpty();
    }

    @Test
    void beginsAnewWithoutAnythingFromBefore() {
        reader.begin(List.of(7L, 8L));
        reader.advance(page(1, "more"));
        reader.begin(List.of(9L));
        assertThat(reader.request().path()).contains("/9/");
        assertThat(reader.request().cursor()).isEmpty();
        reader.leaveParent();
        assertThat(reader.isDone()).isTrue();
    }

    private static Page page(long id, String cursor) {
        return new Page(List.of(JsonNodeFactory.instance.objectNode().put("id", id)), cursor != null,
                Optional.ofNullable(cursor), Map.of());
    }
}
