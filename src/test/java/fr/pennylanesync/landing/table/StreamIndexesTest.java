package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The index of an id has no row without one, so that a history of the data sharing, which lacks most ids, costs little.
 */
class StreamIndexesTest {

    private static final StreamDefinition STREAM = TestStreams.indexed("orders", "date", "customer_id", "seller_id");
    private static final int ROWS = 3000;
    private static final int EVERY = 3;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
        warehouse.jdbc().sql("insert into pennylane.orders (company_id, id, customer_id, payload, record_hash, source,"
                + " batch_id, first_seen_at, changed_at) select 1, n, case when n % " + EVERY + " = 0 then n end, '{}',"
                + " '\\x00', 'share', 1, now(), now() from generate_series(1, " + ROWS + ") n").update();
        warehouse.jdbc().sql("create table public.buyers as select 1::bigint as company_id, n::bigint as id"
                + " from generate_series(3, 9, 3) n; analyze public.buyers").update();
        warehouse.jdbc().sql("analyze pennylane.orders").update();
        warehouse.jdbc().sql("reindex table pennylane.orders").update();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void rowsWithoutTheIdAreNotInItsIndexAndThoseWithoutADateAreInThatOfTheDate() {
        assertThat(rowsOf("orders_by_customer_id")).isEqualTo(ROWS / EVERY);
        assertThat(rowsOf("orders_by_seller_id")).isZero();
        assertThat(rowsOf("orders_by_date")).isEqualTo(ROWS);
    }

    private static long rowsOf(String index) {
        return warehouse.jdbc()
                .sql("select greatest(reltuples, 0)::bigint from pg_class where oid = ('pennylane.' || ?)::regclass")
                .param(index).query(Long.class).single();
    }

    @Test
    void whatIsMadeWithTheTableIsNotMissing() {
        assertThat(new StreamIndexes.Steps(warehouse.dataSource(), () -> List.of(STREAM)).missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from pennylane.orders where company_id = 1 and customer_id = 9",
            "select * from pennylane.orders where company_id = 1 and customer_id in (3, 9)",
            "select * from public.buyers b join pennylane.orders o"
                    + " on o.company_id = b.company_id and o.customer_id = b.id",
            "select * from public.buyers b left join pennylane.orders o"
                    + " on o.company_id = b.company_id and o.customer_id = b.id",
            "select * from public.buyers b left join lateral (select count(*) from pennylane.orders o"
                    + " where o.company_id = b.company_id and o.customer_id = b.id) o on true"})
    void aQuestionForIdsUsesIt(String question) {
        assertThat(plan("explain " + question)).contains("orders_by_customer_id");
    }

    /** The plan of a statement whose parameters are not known when it is made. */
    @Test
    void aPreparedQuestionForIdsUsesIt() {
        String plan = warehouse.transaction(() -> {
            warehouse.jdbc().sql("set local plan_cache_mode = force_generic_plan; prepare asked (bigint, bigint[]) as"
                    + " select * from pennylane.orders where company_id = $1 and customer_id = any($2)").update();
            String planned = plan("explain execute asked (1, '{3, 9}')");
            warehouse.jdbc().sql("deallocate asked").update();
            return planned;
        });
        assertThat(plan).contains("orders_by_customer_id").contains("$2");
    }

    private static String plan(String explain) {
        return String.join("\n", warehouse.jdbc().sql(explain).query(String.class).list());
    }
}
