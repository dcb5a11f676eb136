package fr.pennylanesync.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HousekeepingTest {

    @Test
    void onlyWhatNobodyWillAskForAgainGoes() {
        try (Warehouse warehouse = TestWarehouse.create()) {
            warehouse.jdbc()
                    .sql("""
                    insert into pennylane_sync.seen_event (company_id, feed, processed_at, id, operation)
                    values (1, 'customers', now() - interval '36 days', 1, 'update'), (1, 'customers',
                        now() - interval '34 days', 2, 'update')""")
                    .update();
            warehouse.jdbc()
                    .sql("""
                    insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason, resolved_at)
                    values (1, 'customers', 'RECORD', 1, 'FORBIDDEN', now() - interval '2 years'),
                        (1, 'customers', 'RECORD', 2, 'FORBIDDEN', now() - interval '1 month'), (1, 'customers',
                            'RECORD', 3, 'FORBIDDEN', null)""")
                    .update();
            new Housekeeping(warehouse.jdbc()).run();
            assertThat(warehouse.jdbc().sql("select id from pennylane_sync.seen_event").query(Long.class).list())
                    .containsExactly(2L);
            assertThat(warehouse.jdbc().sql("select record_id from pennylane_sync.quarantine").query(Long.class).list())
                    .containsExactlyInAnyOrder(2L, 3L);
        }
    }
}
