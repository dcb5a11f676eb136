package fr.pennylanesync.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.hash.JsonbObject;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.warehouse.CopiedRow;
import fr.pennylanesync.warehouse.SharedSnapshot;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What is taken for the same by its bytes is what a landing would have written: of every pair of a value in a payload
 * and one in a column, and so also of those that a forger might choose.
 */
class PlainValuesTest {

    private static final List<String> NUMBERS =
            List.of("0", "-0.00", "1", "-1", "1.50", "1.5", "-0.10", "100", "1e3", "007", "9223372036854775807",
                    "-9223372036854775808", "92233720368547758070", "2147483647", "12.0", "", "NaN", "+5");
    private static final List<String> TEXTS = List.of("true", "false", "2026-01-31", "2024-02-29", "2026-02-29",
            "20224-01-01", "infinity", "-infinity", "2026-01-31T12:34:56Z", "2026-01-31T12:34:56.5Z",
            "2026-01-31T12:34:56.123456Z", "2026-01-31T12:34:56.1234567Z", "2026-01-31T14:34:56+02:00",
            "2026-01-31 12:34:56", "2026-02-30T12:34:56Z", "2026-01-31T24:00:00Z", "0044-03-15 BC", "été", "a\"b\\c",
            "tab\t", "\u0000", "\uFDD0fdd0", "😀", "{\"a\": 1}", "[]", "null");
    private static final Map<ColumnType, List<String>> STORED = new EnumMap<>(ColumnType.class);

    private static Warehouse warehouse;

    static {
        STORED.put(ColumnType.TEXT, List.of("", "1.50", "true", "2026-01-31", "été", "a\"b\\c", "a\\\"b\\\\c",
                "\uFDD0fdd0", "\uFDD00000", "😀", "tab\t", "null"));
        STORED.put(ColumnType.BIGINT, List.of("0", "1", "-1", "5", "7", "12", "100", "1000", "9223372036854775807",
                "-9223372036854775808"));
        STORED.put(ColumnType.INTEGER, List.of("0", "1", "-1", "5", "7", "12", "100", "1000", "2147483647"));
        STORED.put(ColumnType.NUMERIC, List.of("0", "0.00", "1", "1.5", "1.500", "-0.1", "100", "1000", "NaN", "7",
                "92233720368547758070", "12.00", "Infinity"));
        STORED.put(ColumnType.BOOLEAN, List.of("true", "false"));
        STORED.put(ColumnType.DATE, List.of("2026-01-31", "2024-02-29", "2026-03-01", "20224-01-01", "infinity",
                "-infinity", "0044-03-15 BC"));
        STORED.put(ColumnType.TIMESTAMPTZ, List.of("2026-01-31 12:34:56+00", "2026-01-31 12:34:56.5+00",
                "2026-01-31 12:34:56.123456+00", "2026-01-31 12:34:56.123457+00", "2026-03-02 12:34:56+00",
                "2026-02-01 00:00:00+00", "infinity", "-infinity"));
        STORED.put(ColumnType.JSONB, List.of("{\"a\": 1}", "{\"a\": 1.0}", "[]", "1", "1.50", "\"été\"", "true",
                "null", "{}"));
    }

    /** A value of a payload beside one of a column. */
    private record Pair(String payload, String stored) {}

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        warehouse.jdbc().sql("create table pair (payload jsonb, stored text, is_of_share boolean)").update();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void onlyWhatALandingWouldWriteIsTheSame(ColumnType type) {
        List<Pair> same = same(type, Source.API);
        assertThat(same).isNotEmpty()
                .allSatisfy(pair -> assertThat(expected(type, pair)).as(pair.toString()).hasValueSatisfying(
                        value -> assertThat(isOne(type, value, pair.stored())).as(pair.toString()).isTrue()));
    }

    /**
     * The data sharing's instants have no zone; what has one is looked at closely there, as the reverse is elsewhere.
     */
    @ParameterizedTest
    @EnumSource(value = Source.class, mode = Mode.INCLUDE, names = {"API", "SHARE"})
    void anInstantIsSpelledAsItsSourceDoes(Source source) {
        assertThat(same(ColumnType.TIMESTAMPTZ, source)).isNotEmpty().allSatisfy(pair -> assertThat(pair.payload())
                .matches(source == Source.SHARE ? "\"[0-9-]{10} [0-9:.]+\"" : "\"[0-9-]{10}T[0-9:.]+Z\""));
    }

    private static List<Pair> same(ColumnType type, Source source) {
        warehouse.jdbc().sql("truncate pair").update();
        warehouse.jdbc().sql("insert into pair (payload, stored) select jsonb_build_object('v', v::jsonb), s"
                + " from unnest(?::text[]) v cross join unnest(?::text[]) s")
                .params(values().toArray(String[]::new), STORED.get(type).toArray(String[]::new)).update();
        List<Pair> same = new ArrayList<>();
        JsonbObject object = new JsonbObject(List.of(List.of("v")));
        String column = new StoredColumn(new Column("v", type, List.of("v"))).expression().replace("\"v\"",
                "stored::" + type.sql());
        SharedSnapshot.open(warehouse, snapshot -> {
            snapshot.copy("select payload::text, stored, " + column + " from pair", 3, row -> {
                if (object.read(row.message(), row.begin(0), row.end(0) - row.begin(0)) && object.find(0)
                        && PlainValues.isSame(type, row, 2, object, source)) {
                    same.add(pair(row));
                }
            });
            return null;
        });
        return same;
    }

    private static Pair pair(CopiedRow row) {
        return new Pair(StorableJson.read(row.text(0)).path("v").toString(), row.text(1));
    }

    private static List<String> values() {
        List<String> values = new ArrayList<>(List.of("null", "true", "{\"a\": 1.0}", "[]", "1e400"));
        for (String text : NUMBERS) {
            if (text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?(e\\d+)?")) {
                values.add(text);
            }
        }
        for (List<String> texts : List.of(NUMBERS, TEXTS)) {
            texts.forEach(text -> values.add(StorableJson.write(TextNode.valueOf(text))));
        }
        return values;
    }

    private static Optional<String> expected(ColumnType type, Pair pair) {
        JsonNode payload = StorableJson.read("{\"v\": " + pair.payload() + "}");
        return RecordMapper.value(new Column("v", type, List.of("v")), payload);
    }

    private static boolean isOne(ColumnType type, String expected, String stored) {
        return warehouse.jdbc().sql("select ?::" + type.sql() + " is not distinct from ?::" + type.sql())
                .params(expected, stored).query(Boolean.class).single();
    }
}
