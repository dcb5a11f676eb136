package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What SQL makes of the payload of an old version is what the runtime made of it when it filled the table. */
class HistoryColumnsTest {

    private static final long SEED = 20260228;
    private static final int RANDOM_INSTANTS = 400;

    private static final List<String> JSON = List.of("null", "true", "false", "{}", "{\"a\":1}", "[]", "[1,\"2\"]",
            "0", "-0", "5", "5.0", "5.50", "-7.25", "1e3", "1.5e2", "1E-3", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "2147483647", "2147483648",
            "-2147483648", "-2147483649", "123456789012345678901234567890.12345678901234567890");
    private static final List<String> TEXTS = List.of("", " ", "text", "\0 half \ud800 \ufdd0 whole \ud83d\ude00", "+5",
            "-5", "007", "5 ", " 5", "5\n", "5.", "1.50", ".5", "1e5", "1E+5", "1e-3", "1e999", "1e1000", "1e", "+",
            "-", "NaN", "Infinity", "infinity", "-0", "+0.0", "9223372036854775807", "+9223372036854775808",
            "-9223372036854775808", "99999999999999999999", "2147483648", "-2147483648", "true", "null",
            "\u0661\u0662", "0".repeat(1000), "1".repeat(1001), "0." + "1".repeat(1000), "0." + "1".repeat(1001),
            "2026-12-31", "2026-2-3", "20260228", "2024-02-29", "2026-02-29", "2100-02-29", "2000-02-29", "2026-04-31",
            "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "2026-12-31 ", "+2026-01-01", "+12026-12-31",
            "12026-12-31", "-0000-01-01", "0000-02-29", "-0043-03-15", "-4713-11-24", "-4713-11-23", "+5874897-12-31",
            "+5874898-01-01", "+999999999-12-31", "+0000012026-01-01", "2026-01-01T", "2026-02-28T10:11:12.123456Z",
            "2026-02-28T10:11:12Z", "2024-02-29T10:11:12Z", "2026-02-29T10:11:12Z", "2026-02-28t10:11z",
            "2026-02-28T10:11:12.Z", "2026-02-28T10:11:12.1234567+18:00", "2026-02-28T10:11:12+18:01",
            "2026-02-28T10:11:12-02", "2026-02-28T10:11:12+0200", "2026-02-28T10:11:12+2:00",
            "2026-02-28T10:11:12+02:30:15", "2026-02-28T10:11:12+02:60", "2026-02-28T10:11:12-00:00",
            "2026-02-28T24:00:00Z", "2026-02-28T23:59:60Z", "2026-02-28T10:11:12", "2026-02-28 10:11:12Z",
            "2026-02-28T10:11:12.1234567890Z", "+12026-01-01T00:00:00Z", "-0001-01-01T00:00-01:00",
            "+294277-01-01T01:00+02:00", "+294277-01-01T00:00Z", "-4713-11-24T00:00Z", "-4713-11-24T00:00+00:01",
            "0001-01-01T00:00:00+01:00");
    /** As PostgreSQL spells dates and timestamps; the data sharing has no others. */
    private static final List<String> OF_SHARE = List.of("2026-02-28", "2024-02-29", "12026-01-01", "0044-03-15 BC",
            "infinity", "-infinity", "2026-02-28 10:11:12", "2026-02-28 10:11:12.5", "2026-03-31 23:59:59.999999");
    private static final List<String> DATES_OF_SHARE = List.of("4714-11-24 BC", "5874897-12-31");
    private static final List<String> TIMESTAMPS_OF_SHARE = List.of("12026-01-01 10:11:12.123456",
            "0044-03-15 10:11:12 BC", "294276-12-31 23:59:59");

    private static final List<Column> COLUMNS = Stream.of(ColumnType.values())
            .map(type -> new Column("as_" + type.sql(), type, List.of("given", "value"))).toList();
    private static final StreamDefinition STREAM = new StreamDefinition("oddities", "For a test.", "/oddities",
            Optional.empty(), ReadStrategy.KEYSET, true, 100, Optional.empty(), Optional.empty(), Optional.empty(),
            Map.of(), Map.of(), Map.of(), Optional.empty(), true, List.of(), COLUMNS,
            Optional.of(new ShareTable("pennylane.oddities", List.of(), Optional.empty(), Optional.empty(),
                    COLUMNS.stream().map(column -> new ShareColumn("s_" + column.name(), column.type(),
                            Optional.of(column.name()))).toList())));

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
        Stream<String> texts = Stream.concat(TEXTS.stream(), instants()).map(HistoryColumnsTest::quoted);
        List<String> ofApi = new ArrayList<>(List.of("{}", "{\"given\":null}", "{\"given\":[{\"value\":1}]}"));
        ofApi.addAll(Stream.concat(JSON.stream(), texts).map("{\"given\":{\"value\":%s}}"::formatted).toList());
        keep(Source.API, ofApi);
        List<String> ofShare = new ArrayList<>();
        for (Column column : COLUMNS) {
            shared(column.type()).forEach(value -> ofShare.add("{\"s_" + column.name() + "\":" + value + "}"));
        }
        keep(Source.SHARE, ofShare);
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    private static Stream<String> shared(ColumnType type) {
        Stream<String> spelled = OF_SHARE.stream().map(HistoryColumnsTest::quoted);
        return switch (type) {
            case DATE -> Stream.concat(spelled, DATES_OF_SHARE.stream().map(HistoryColumnsTest::quoted));
            case TIMESTAMPTZ -> Stream.concat(OF_SHARE.stream().filter(text -> !text.matches("\\d{5}-.*|.*15 BC")),
                    TIMESTAMPS_OF_SHARE.stream()).map(HistoryColumnsTest::quoted);
            default -> Stream.of(JSON.stream(), TEXTS.stream().map(HistoryColumnsTest::quoted), spelled)
                    .flatMap(texts -> texts);
        };
    }

    private static Stream<String> instants() {
        Random random = new Random(SEED);
        return Stream
                .generate(() -> String.format(Locale.ROOT,
                        "%s%04d-%02d-%02dT%02d:%02d:%02d.%0" + (1 + random.nextInt(9))
                                + "d%s",
                        random.nextInt(9) == 0 ? "-" : "", random.nextInt(10_000), 1 + random.nextInt(12),
                        1 + random.nextInt(31), random.nextInt(25), random.nextInt(60), random.nextInt(60),
                        random.nextInt(10),
                        random.nextBoolean() ? "Z"
                                : String.format(Locale.ROOT, "%+03d:%02d", random.nextInt(37) - 18,
                                        random.nextInt(60))))
                .limit(RANDOM_INSTANTS);
    }

    private static String quoted(String text) {
        return StorableJson.write(TextNode.valueOf(text));
    }

    private static void keep(Source source, List<String> payloads) {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                    replaced_by_batch_id, payload, record_hash, source, changed_at)
                select 1, 'oddities', 0, n, 1, case ? when 'api' then 2 else 3 end, payload::jsonb, '', ?,
                    now() - interval '1 day'
                from unnest(?::text[]) with ordinality as given(payload, n)""")
                .params(source.label(), source.label(), payloads.toArray(String[]::new)).update();
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfAVersionIsWhatTheRuntimeMakesOfItsPayload(ColumnType type) {
        Column column = COLUMNS.get(type.ordinal());
        List<String> payloads = new ArrayList<>();
        List<String> made = new ArrayList<>();
        List<String> filled = new ArrayList<>();
        warehouse.jdbc().sql("select source, payload::text, " + column.name() + "::text from pennylane.oddities_history"
                + " order by source, id").query(row -> {
                    payloads.add(row.getString(1) + " " + row.getString(2));
                    made.add(row.getString(3));
                    filled.add(Source.of(row.getString(1)).reader(STREAM, column)
                            .apply(StorableJson.read(row.getString(2)))
                            .orElse(null));
                });
        List<String> stored = warehouse.jdbc().sql("select v::" + type.sql() + "::text"
                + " from unnest(?::text[]) with ordinality as given(v, n) order by n")
                .param(filled.toArray(String[]::new)).query(String.class).list();

        assertThat(made).filteredOn(Objects::nonNull).hasSizeGreaterThan(2);
        assertThat(IntStream.range(0, made.size()).filter(i -> !Objects.equals(made.get(i), stored.get(i)))
                .mapToObj(i -> payloads.get(i) + ": " + made.get(i) + ", not " + stored.get(i))).isEmpty();
    }
}
