package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What is copied in the binary format is what PostgreSQL reads of the same text. */
class CopyRowsTest {

    private static final Map<ColumnType, List<String>> VALUES = new LinkedHashMap<>();
    private static Warehouse warehouse;

    static {
        VALUES.put(ColumnType.TEXT, List.of("", "a\tb\nc\\d\r\u001e\u001f", "Été 😀 \uFDD0fdd0", "\\N"));
        VALUES.put(ColumnType.BIGINT, List.of("0", "-1", "9223372036854775807", "-9223372036854775808", "+5", "007"));
        VALUES.put(ColumnType.INTEGER, List.of("0", "2147483647", "-2147483648"));
        VALUES.put(ColumnType.BOOLEAN, List.of("true", "false"));
        VALUES.put(ColumnType.NUMERIC,
                List.of("0", "0.00", "-0.10", "0.1", "1", "10000", "9999.9999", "1200", "0.00001",
                        "-12345678.9", "99999999999999999.9", "123456789012345678", "1234567890123456789.10", "1e3",
                        "1E-7",
                        "-1.5e20", "1e999", "1e-999", "+7.50", "00012.3400", "-0", "0.000000000000000000000000000001",
                        "9".repeat(900) + "." + "1".repeat(900), "0.0001", "0.0010", "10000.0001", "100000000"));
        VALUES.put(ColumnType.DATE, List.of("2026-01-31", "1999-12-31", "2000-01-01", "2024-02-29", "infinity",
                "-infinity", "0044-03-15 BC", "0001-01-01", "0001-12-31 BC", "20224-01-01", "5874897-12-31",
                "4713-11-24 BC"));
        VALUES.put(ColumnType.TIMESTAMPTZ, List.of("2026-01-31 12:34:56.123456+00", "2026-01-31 12:34:56+00",
                "2024-02-29 23:59:59.05+00", "1000-01-01 00:00:00.1+00",
                "1969-12-31 23:59:59.999999+00", "infinity", "-infinity", "0044-03-15 12:00:00+00 BC",
                "20224-01-01 00:00:00.5+00", "294276-12-31 23:59:59.999999+00", "4713-11-24 00:00:00+00 BC"));
        VALUES.put(ColumnType.JSONB, List.of("{}", "[1.50,\"é\\\\\"]", "{\"a\":\"\\t\"}", "null"));
    }

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void everyValueArrivesAsTheTextWouldHave() {
        VALUES.forEach((type, values) -> {
            warehouse.jdbc().sql("create table copied_" + type.name() + " (n bigint, value " + type.sql() + ")")
                    .update();
            copy(type, values);
            for (int i = 0; i < values.size(); i++) {
                assertThat(
                        warehouse.jdbc().sql("select value::text from copied_" + type.name() + " where n = ?").param(i)
                                .query(String.class).single())
                        .as(type + " " + values.get(i))
                        .isEqualTo(warehouse.jdbc().sql("select ?::text::" + type.sql() + "::text").param(values.get(i))
                                .query(String.class).single());
            }
            assertThat(warehouse.jdbc().sql("select value is null from copied_" + type.name() + " where n = ?")
                    .param(values.size()).query(Boolean.class).single()).isTrue();
        });
    }

    private static void copy(ColumnType type, List<String> values) {
        List<String> all = new ArrayList<>(values);
        all.add(null);
        CopyRows rows = new CopyRows(1).begin();
        for (int i = 0; i < all.size(); i++) {
            rows.row(2).bigint(i).value(all.get(i), type);
        }
        rows.end();
        new org.springframework.jdbc.core.JdbcTemplate(warehouse.dataSource())
                .execute((java.sql.Connection connection) -> {
                    var in = connection.unwrap(PGConnection.class).getCopyAPI()
                            .copyIn("copy copied_" + type.name() + " from stdin (format binary)");
                    in.writeToCopy(rows.bytes(), 0, rows.length());
                    return in.endCopy();
                });
    }

    @Test
    void aTextThatIsNoDateIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> new CopyRows(1).value("secret-day", ColumnType.DATE))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("secret");
        assertThat(new CopyRows(1).bytea("x".getBytes(StandardCharsets.UTF_8)).length()).isEqualTo(5);
    }
}
