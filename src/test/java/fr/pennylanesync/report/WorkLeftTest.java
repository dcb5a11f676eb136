package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkLeftTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private Warehouse warehouse;

    @BeforeEach
    void aBacklog() {
        warehouse = TestWarehouse.ready();
        sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at)
                values (1, 'acme', '', '', '{}', '', '', now(), now())""");
        sql("insert into pennylane_sync.stream_state (company_id, stream, state)"
                + " select 1, s, 'LIVE' from unnest('{transactions,customer_invoices}'::text[]) s");
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn)"
                + " select 1, 'transactions_matched_invoices', i, 3, '2024-01-01' from generate_series(1, 80) i");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void whatIsDerivedTakesNoRequest() {
        assertThat(requests(true)).isZero();
        assertThat(requests(false)).isEqualTo(80);
    }

    @Test
    void whatAnEventOrASweepMadeDueIsAskedFor() {
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn)"
                + " values (1, 'transactions_matched_invoices', 101, 3, 'infinity'),"
                + " (1, 'transactions_matched_invoices', 102, -1, '2024-01-01')");
        assertThat(requests(true)).isEqualTo(2);
    }

    @Test
    void whereTheOtherSideIsNotReadNothingIsDerived() {
        sql("update pennylane_sync.stream_state set not_permitted_scope = 'x' where stream = 'customer_invoices'");
        assertThat(requests(true)).isEqualTo(80);
    }

    @Test
    void aFewAreNotDerived() {
        sql("delete from pennylane_sync.due where id > 30");
        assertThat(requests(true)).isEqualTo(30);
    }

    /** Nobody can say when that goes on. */
    @Test
    void whatTheTokenDoesNotPermitIsNoWork() {
        sql("update pennylane_sync.stream_state set not_permitted_scope = 'x' where stream = 'transactions'");
        assertThat(requests(false)).isZero();
        assertThat(left(false).subListsUpTo()).isEmpty();
    }

    private long requests(boolean derives) {
        return left(derives).requests();
    }

    private WorkLeft left(boolean derives) {
        return WorkLeft.read(warehouse.jdbc(), CATALOG, new WorkLeft.Budget(5, derives)).get(1L);
    }

    private void sql(String statement) {
        warehouse.jdbc().sql(statement).update();
    }
}
