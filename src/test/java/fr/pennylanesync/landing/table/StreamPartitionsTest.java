package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.Payload;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A table with partitions holds each company's rows in one of them, and is one table to whoever writes and reads it.
 */
@TestMethodOrder(MethodName.class)
class StreamPartitionsTest {

    private static final StreamDefinition STREAM = TestStreams.indexed("visits", "date", "customer_id");
    private static final int PARTITIONS = 4;
    private static final int COMPANIES = 40;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        Settings.Warehouse whole = TestWarehouse.settings(TestWarehouse.newDatabase());
        warehouse = Warehouse.open(new Settings.Warehouse(whole.database(), whole.embedded(), whole.poolSize(),
                whole.startTimeout(), PARTITIONS));
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void rowsOfACompanyAreInOnePartitionAndAreReplacedThere() {
        RowWriter rows = new RowWriter(warehouse.jdbc(), STREAM);
        for (long company = 1; company <= COMPANIES; company++) {
            rows.upsert(company, List.of(record(1, "a"), record(2, "b")), company, "api");
        }
        assertThat(rows.upsert(7, List.of(record(2, "c")), 99, "api").changed()).hasSize(1);

        assertThat(number("select count(*) from pennylane.visits")).isEqualTo(2 * COMPANIES);
        assertThat(number("select count(distinct tableoid) from pennylane.visits")).isEqualTo(PARTITIONS);
        assertThat(number("select max(n) from (select count(distinct tableoid) n from pennylane.visits"
                + " group by company_id) c")).isEqualTo(1);
        assertThat(number("select count(*) from pennylane_sync.record_version")).isEqualTo(1);
        assertThat(warehouse.jdbc().sql("select table_name from information_schema.tables"
                + " where table_schema = 'pennylane' and table_name like 'visits%'").query(String.class).list())
                .as("what analysts see").containsExactlyInAnyOrder("visits", "visits_history");
    }

    @Test
    void theirTableIsMadeOnce() {
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
        assertThat(new StreamPartitions(warehouse.jdbc()).of(STREAM.name())).hasSize(PARTITIONS);
    }

    @Test
    void whatIndexIsMissingIsMadePartitionByPartition() {
        StreamIndexes.Steps steps = new StreamIndexes.Steps(warehouse.dataSource(), () -> List.of(STREAM));
        assertThat(steps.missing()).isEmpty();
        warehouse.jdbc().sql("drop index pennylane.visits_by_customer_id").update();
        List<StreamIndexes.Missing> missing = steps.missing();
        assertThat(missing).hasSize(1);

        steps.make(missing.get(0));

        assertThat(steps.missing()).isEmpty();
        assertThat(number(
                "select count(*) from pg_indexes where indexdef"
                        + " like '%(company_id, customer_id) WHERE (customer_id IS NOT NULL)'"))
                .as("its own, and those of the partitions").isEqualTo(1 + PARTITIONS);
    }

    private static StreamRecord record(long id, String value) {
        String spelled = "{\"label\":\"" + value + "\"}";
        return new StreamRecord(0, id, Payload.of(spelled), CanonicalJson.hash(spelled),
                Arrays.asList(new String[STREAM.columns().size()]), List.of(), List.of());
    }

    private static long number(String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }
}
