package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.Payload;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The versions of a record follow one another without a gap, and at every moment it stood as its table said then. */
class HistoryViewsTest {

    private static final long COMPANY = 7;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void everyVersionStandsFromItsComingToTheNextAndADeletionEndsIt() {
        StreamDefinition stream = made(TestStreams.keyset(10));
        List<String> moments = new ArrayList<>(List.of(moment()));
        write(stream, 1, json(1, "a", "1.50"), json(2, "other", "3"));
        moments.add(moment());
        write(stream, 2, json(1, "b", "2.50"));
        moments.add(moment());
        new RowWriter(warehouse.jdbc(), stream).delete(COMPANY, List.of(1L), 3);
        moments.add(moment());
        write(stream, 4, json(1, "c", "none"));
        moments.add(moment());

        assertThat(strings(
                "select label || ' ' || coalesce(amount::text, '-') || ' ' || source || ' ' || (payload ->> 'label')"
                        + " from pennylane.customers_history where company_id = 7 and id = 1 order by valid_from"))
                .containsExactly("a 1.50 api a", "b 2.50 api b", "c - api c");
        assertThat(strings("select (valid_to = lead(valid_from) over (order by valid_from))::text"
                + " from pennylane.customers_history where id = 1 order by valid_from"))
                .as("a deletion lies between the last two").containsExactly("true", "false", null);
        assertThat(moments.stream().map(moment -> String.join(" ", strings("select label from pennylane.customers_at('"
                + moment + "') order by id")))).containsExactly("", "a other", "b other", "other", "c other");
        assertThat(strings("select valid_to::text from pennylane.customers_history where label = 'b'"))
                .isEqualTo(strings(
                        "select changed_at::text from pennylane_sync.record_version where deleted_at is not null"
                                + " and stream = 'customers'"));
    }

    @Test
    void aChildIsNamedByItsParentToo() {
        StreamDefinition stream = made(TestStreams.child("contacts", "suppliers", 10));
        writeChild(stream, 1, 5, "a");
        writeChild(stream, 1, 6, "b");
        String before = moment();
        writeChild(stream, 2, 5, "c");

        assertThat(strings("select supplier_id || label from pennylane.contacts_at('" + before + "') order by 1"))
                .containsExactly("5a", "6b");
        assertThat(strings("select supplier_id || label from pennylane.contacts_history where valid_to is null"
                + " order by 1")).containsExactly("5c", "6b");
    }

    @Test
    void aColumnThatAStreamGainsComesLastWithItsOldValuesAndWhatAnalystsBuiltStays() {
        StreamDefinition stream = made(TestStreams.list("products", ReadStrategy.KEYSET, 10));
        write(stream, 1, "{\"id\":1,\"label\":\"a\",\"colour\":{\"name\":\"red\"}}");
        write(stream, 2, "{\"id\":1,\"label\":\"a\",\"colour\":{\"name\":\"blue\"}}");
        warehouse.jdbc().sql("create view public.mine as select * from pennylane.products_history").update();
        List<Column> columns = List.of(stream.columns().get(0),
                new Column("colour", ColumnType.TEXT, List.of("colour", "name")));

        made(new StreamDefinition(stream.name(), "", stream.path(), stream.scope(), stream.reading(), true, 10,
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), Optional.empty(),
                true,
                List.of(), columns, Optional.empty()));

        assertThat(strings("select colour from pennylane.products_history order by valid_from")).containsExactly("red",
                "blue");
        assertThat(strings("select colour from pennylane.products_at(now())")).containsExactly("blue");
        assertThat(strings("select label || amount is null from public.mine")).containsExactly("t", "t");
        assertThat(strings("select attname from pg_attribute where attrelid = 'pennylane.products_history'::regclass"
                + " and attnum > 0 order by attnum")).startsWith("company_id", "id", "label", "amount", "valid_from")
                .endsWith("payload", "colour");
    }

    @Test
    void aWarehouseThatHasItsTablesAlreadyGetsTheViewsAndOneThatHasThemIsLeftAlone() {
        StreamDefinition stream = made(TestStreams.list("journals", ReadStrategy.KEYSET, 10));
        String before = catalogRow();
        made(stream);
        assertThat(catalogRow()).isEqualTo(before);

        warehouse.jdbc().sql("drop function pennylane.journals_at; drop view pennylane.journals_history").update();
        made(stream);
        assertThat(strings("select count(*)::text from pennylane.journals_at(now())")).containsExactly("0");
        assertThat(strings("select coalesce(obj_description('pennylane.journals_at'::regproc), 'none')").get(0))
                .contains("as they stood");
        assertThat(strings("select attname from pg_attribute where attrelid = 'pennylane.journals_history'::regclass"
                + " and attnum > 0 and col_description(attrelid, attnum) is null")).isEmpty();
    }

    private static String catalogRow() {
        return strings("select string_agg(oid || ' ' || xmin, ',' order by oid) from pg_class"
                + " where relname like 'journals%'").get(0);
    }

    private static StreamDefinition made(StreamDefinition stream) {
        new StreamTables(warehouse.jdbc()).ensure(stream);
        return stream;
    }

    private static String json(long id, String label, String amount) {
        return "{\"id\":" + id + ",\"label\":\"" + label + "\",\"amount\":\"" + amount + "\"}";
    }

    private static void write(StreamDefinition stream, long batch, String... records) {
        new RowWriter(warehouse.jdbc(), stream).upsert(COMPANY, Stream.of(records)
                .map(record -> RecordMapper.map(stream, 0, (com.fasterxml.jackson.databind.node.ObjectNode) StorableJson
                        .read(record)))
                .toList(), batch, "api");
    }

    private static void writeChild(StreamDefinition stream, long batch, long parent, String label) {
        String json = "{\"id\":1,\"label\":\"" + label + "\"}";
        new RowWriter(warehouse.jdbc(), stream).upsert(COMPANY, List.of(new StreamRecord(parent, 1, Payload.of(json),
                Sha256.of(json.getBytes()), List.of(label), List.of(), List.of())), batch, "api");
    }

    private static String moment() {
        return strings("select clock_timestamp()::text").get(0);
    }

    private static List<String> strings(String sql) {
        return warehouse.jdbc().sql(sql).query((row, n) -> row.getString(1)).list();
    }
}
