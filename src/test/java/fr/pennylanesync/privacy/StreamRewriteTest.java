package fr.pennylanesync.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stream may have millions of files, and much may be set aside: neither is held at once. */
class StreamRewriteTest {

    private static final int ENTRIES = 450;
    private static final int FILES = 12_000;

    /** Counts what it is asked for in each transaction. */
    private record Counting(Warehouse warehouse, Map<String, Integer> setAside, Map<String, Integer> files)
            implements Change {

        private String transaction() {
            return warehouse.jdbc().sql("select pg_current_xact_id()::text").query(String.class).single();
        }

        @Override
        public String rule() {
            return "a rule";
        }

        @Override
        public String mayConcern(String parent) {
            return "true";
        }

        @Override
        public String mayConcernFile() {
            return "record_id > " + FILES / 2;
        }

        @Override
        public void apply(long parentId, long id, boolean fromShare, ObjectNode payload) {
            throw new AssertionError("there is no row");
        }

        @Override
        public String raw(long parentId, String subject, String raw) {
            setAside.merge(transaction(), 1, Integer::sum);
            return "{}";
        }

        @Override
        public Optional<String> fileName(long parentId, long recordId, String field, String name) {
            if (recordId % 100 == 0) {
                files.merge(transaction(), 1, Integer::sum);
            }
            return Optional.of(name);
        }
    }

    @Test
    void whatIsSetAsideAndFilesAreReadInParts() {
        try (Warehouse warehouse = TestWarehouse.create()) {
            StreamDefinition stream =
                    StreamCatalog.load(Path.of("routes"), Map.of()).find("customer_invoices").orElseThrow();
            warehouse.transactionWithoutResult(() -> new StreamTables(warehouse.jdbc()).ensure(stream));
            warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason,"
                    + " raw) select 1, 'customer_invoices', 'RECORD', n, 'FORBIDDEN', '{\"n\": 1}'"
                    + " from generate_series(1, ?) n").param(ENTRIES).update();
            warehouse.jdbc().sql("insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field,"
                    + " file_name, state, batch_id) select 1, 'customer_invoices', 0, n, 'public_file_url', 'a name',"
                    + " 'PENDING', 1 from generate_series(1, ?) n").param(FILES).update();
            Counting change = new Counting(warehouse, new HashMap<>(), new HashMap<>());

            Rewritten rewritten = new StreamRewrite(warehouse, 1, stream, change).run();

            assertThat(rewritten.setAside()).isEqualTo(ENTRIES);
            assertThat(change.setAside().values()).containsExactlyInAnyOrder(200, 200, 50);
            assertThat(change.files().values()).as("of the files that it may concern").containsExactlyInAnyOrder(50,
                    10);
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.quarantine where raw = '{}'")
                    .query(Integer.class).single()).isEqualTo(ENTRIES);
        }
    }
}
