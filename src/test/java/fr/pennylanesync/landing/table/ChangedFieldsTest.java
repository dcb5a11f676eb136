package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangedFieldsTest {

    private static final StreamDefinition STREAM =
            StreamCatalog.load(Path.of("routes"), Map.of()).find("customer_invoices").orElseThrow();

    private static Warehouse warehouse;
    private static long batch;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.ready();
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void anAmountMovesByItsDifference() {
        assertThat(changed(1, "10.10", "12.50")).isEqualTo(Optional.of(new BigDecimal("2.40")));
        assertThat(changed(2, "10.10", "much")).isEmpty();
    }

    static List<String> noAmounts() {
        return List.of("1" + "0".repeat(140_000), "0." + "1".repeat(20_000), "1" + "0".repeat(300));
    }

    /** PostgreSQL has no number that long: the batch would fail each time. */
    @ParameterizedTest
    @MethodSource("noAmounts")
    void digitsWithoutEndAreNoAmount(String digits) {
        assertThat(changed(3, "1", digits)).isEmpty();
        assertThat(changed(4, digits, "1")).isEmpty();
    }

    private static Optional<BigDecimal> changed(long id, String before, String after) {
        write(id, before);
        write(id, after);
        return new ChangedFields(warehouse.jdbc()).of(STREAM, 1, List.of(id), batch).get(id).moved().get("amount");
    }

    private static void write(long id, String amount) {
        batch++;
        new RowWriter(warehouse.jdbc(), STREAM).upsert(1, List.of(RecordMapper.map(STREAM, 0,
                JsonNodeFactory.instance.objectNode().put("id", id).put("amount", amount))), batch, "api");
    }
}
