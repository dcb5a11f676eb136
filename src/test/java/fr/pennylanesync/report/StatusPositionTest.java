package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a walk stands is told for each kind of position that a checkpoint can have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPositionTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private Warehouse warehouse;

    @BeforeAll
    void aWalk() {
        warehouse = TestWarehouse.ready();
        sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at)
                values (1, 'acme', '', '', '{}', '', '', now(), now())""");
        sql("insert into pennylane_sync.stream_state (company_id, stream, state)"
                + " values (1, 'transactions', 'HISTORY')");
        sql("insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at,"
                + " moved_at)"
                + " values (1, 'transactions', 'walk', 1, '{}', 1, now(), now())");
    }

    @AfterAll
    void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
            "{\"kind\":\"unread\",\"ranges\":[{\"after\":5,\"upto\":9},{\"after\":20}]}; walk 5",
            "{\"kind\":\"unread-dates\",\"ranges\":[{\"from\":\"2024-01-01\",\"pages\":2}]}; walk 2024-01-01",
            "{\"kind\":\"unread-dates\",\"ranges\":[{\"before\":\"2016-01-01\"}]}; walk unread-dates",
            "{\"kind\":\"slice\",\"from\":\"2024-01-01\",\"days\":30,\"pages\":2}; walk 2024-01-01",
            "{\"kind\":\"pages\",\"count\":3}; walk 3", "{\"kind\":\"ended\"}; walk ended"})
    void thePositionIsTold(String stored, String told) {
        warehouse.jdbc().sql("update pennylane_sync.checkpoint set position = ?::jsonb").param(stored).update();

        assertThat(new StatusReport(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), CATALOG).companies().get(0)
                .streams().stream().filter(stream -> stream.stream().equals("transactions")).findFirst().orElseThrow()
                .position()).contains(told);
    }

    private void sql(String sql) {
        warehouse.jdbc().sql(sql).update();
    }
}
