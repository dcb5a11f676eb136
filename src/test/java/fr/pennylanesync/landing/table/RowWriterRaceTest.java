package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.Payload;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two readers of the data sharing, of which one sees a row gone from its month and the other finds it in its own. */
class RowWriterRaceTest {

    private static final long COMPANY = 1;
    private static final long ROW = 7;

    @Test
    void aRowThatAnotherHasJustWrittenIsNotDeleted() {
        StreamDefinition stream =
                StreamCatalog.load(Path.of("routes"), Map.of()).find("tax_declarations").orElseThrow();
        try (Warehouse warehouse = TestWarehouse.create()) {
            new StreamTables(warehouse.jdbc()).ensure(stream);
            RowWriter rows = new RowWriter(warehouse.jdbc(), stream);
            warehouse.transactionWithoutResult(
                    () -> rows.upsert(COMPANY, List.of(record(stream, "2026-01-31")), 1, "share"));
            List<CompletableFuture<List<RowWriter.Written>>> deleting = new ArrayList<>();
            warehouse.transactionWithoutResult(() -> {
                rows.upsert(COMPANY, List.of(record(stream, "2026-02-28")), 2, "share");
                List<RowWriter.Written> deleted = new ArrayList<>();
                deleting.add(CompletableFuture.supplyAsync(() -> {
                    warehouse.transactionWithoutResult(() -> deleted.addAll(rows.delete(COMPANY, List.of(ROW), 3)));
                    return deleted;
                }));
                await().until(() -> warehouse.jdbc()
                        .sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()")
                        .query(Long.class).single() > 0);
            });
            assertThat(deleting.get(0).join()).isEmpty();
            assertThat(warehouse.jdbc()
                    .sql("select declaration_period_end_at::text || ' ' || batch_id || ' ' || (deleted_at is null) from"
                            + " pennylane.tax_declarations")
                    .query(String.class).list()).containsExactly("2026-02-28 2 true");
            assertThat(warehouse.jdbc()
                    .sql("select batch_id || ' ' || replaced_by_batch_id from pennylane_sync.record_version")
                    .query(String.class).list()).containsExactly("1 2");
        }
    }

    private static StreamRecord record(StreamDefinition stream, String date) {
        String spelled = "{\"declaration_period_end_at\":\"" + date + "\"}";
        List<String> values = new ArrayList<>();
        stream.columns().forEach(column -> values.add(column.name().equals("declaration_period_end_at") ? date : null));
        return new StreamRecord(0, ROW, Payload.of(spelled), CanonicalJson.hash(spelled), values, List.of(), List.of());
    }
}
