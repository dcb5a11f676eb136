package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.verification.Verification.VerificationResult;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody with SQL rights edits in a synced warehouse is found, and named to the row, column or batch. The
 * edits stand in a file; each is made in the same warehouse and undone.
 */
class TamperedWarehouseTest {

    private static final Set<String> READ =
            Set.of("customers", "products", "customer_invoices", "ledger_entry_lines");

    /**
     * An edit.
     *
     * @param pick what is edited: a row, a row that is deleted or was changed, a version, a batch, a state, a company
     * @param edit what is set
     * @param insert what a copy of it has otherwise
     * @param sql instead of these: the whole statement
     * @param stream that is verified; null: that of the table, or the lines of entries
     * @param names part of what verify says; {id} is the picked one, {new} the copy
     */
    record Edit(String kind, String table, String pick, @JsonProperty("edit") String set, boolean delete,
            String insert, String sql, String stream, String names) {

        @Override
        public String toString() {
            return kind;
        }
    }

    private static Sandbox sandbox;
    private static Warehouse warehouse;
    private static TestRun run;

    @BeforeAll
    static void sync() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(60)
                .withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.create();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED);
        List<StreamDefinition> streams =
                run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList();
        run.sync(streams);
        // Rows that were replaced, and rows that are gone.
        Random random = new Random(7);
        for (String kind : List.of("change_amounts", "change_amounts", "remove_entry_line", "remove_entry")) {
            sandbox.mutate(sandbox.companies().get(0).id(), random, kind);
        }
        run.sync(streams);
        run.archive();
        assertThat(count("pennylane_sync.file_entry where stream = 'customer_invoices'")).isGreaterThan(1);
        assertThat(count("pennylane.ledger_entry_lines where deleted_at is not null")).isPositive();
        assertThat(count("pennylane_sync.record_version where stream = 'ledger_entry_lines'")).isPositive();
    }

    private static long count(String rows) {
        return warehouse.jdbc().sql("select count(*) from " + rows).query(Long.class).single();
    }

    @AfterAll
    static void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    @Test
    void whatNobodyEditedIsVerifiedInSilence() {
        VerificationResult verified = verify();
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.rows()).isGreaterThan(100);
        assertThat(verified.batches()).isGreaterThan(5);
    }

    static List<Edit> edits() throws IOException {
        try (InputStream file = TamperedWarehouseTest.class.getResourceAsStream("/tamper/edits.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readValue(file, new TypeReference<>() {});
        }
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditIsFoundAndNamed(Edit edit) {
        long id = picked(edit);
        warehouse.jdbc().sql("create table pennylane_sync.saved as table " + edit.table()).update();
        try {
            assertThat(edited(statement(edit, id))).as("what is edited").isOne();
            VerificationResult verified = verify(edit);
            assertThat(verified.differenceCount()).isPositive();
            assertThat(verified.differences()).anySatisfy(difference -> assertThat(difference).contains(
                    edit.names().replace("{id}", Long.toString(id)).replace("{new}", Long.toString(id + 900_000_000))));
        } finally {
            warehouse.jdbc().sql("delete from pennylane_sync.foreign_change").update();
            warehouse.jdbc().sql("delete from " + edit.table()).update();
            String columns = columns(edit.table());
            warehouse.jdbc().sql("insert into " + edit.table() + " (" + columns + ") overriding system value select "
                    + columns + " from pennylane_sync.saved").update();
            warehouse.jdbc().sql("drop table pennylane_sync.saved").update();
        }
    }

    /** As somebody who is not the runtime. */
    private static int edited(String sql) {
        return warehouse.transaction(() -> {
            warehouse.jdbc().sql("set local pennylane_sync.writer = ''").update();
            return warehouse.jdbc().sql(sql).update();
        });
    }

    /** All but those that the database computes. */
    private static String columns(String table) {
        return warehouse.jdbc().sql("select string_agg(quote_ident(attname), ', ') from pg_attribute"
                + " where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''")
                .param(table).query(String.class).single();
    }

    private static long picked(Edit edit) {
        String id = edit.sql() != null ? "select id from pennylane_sync.company" : switch (edit.pick()) {
            case "row" -> "select max(t.id) from " + edit.table() + " t where t.deleted_at is null and not exists"
                    + " (select 1 from pennylane_sync.record_version v where v.id = t.id)";
            case "deleted" -> "select min(id) from pennylane.ledger_entry_lines where deleted_at is not null";
            case "changed" -> "select min(t.id) from pennylane.ledger_entry_lines t"
                    + " join pennylane_sync.record_version v"
                    + " on v.id = t.id and v.stream = 'ledger_entry_lines' where t.deleted_at is null";
            case "version" -> "select min(v.id) from pennylane_sync.record_version v"
                    + " join pennylane.ledger_entry_lines t"
                    + " on v.id = t.id and v.stream = 'ledger_entry_lines' where t.deleted_at is null";
            case "batch" -> "select min(id) from pennylane_sync.batch where stream = 'ledger_entry_lines'"
                    + " and record_count > 1";
            case "lastBatch" -> "select max(id) from pennylane_sync.batch where stream = 'ledger_entry_lines'";
            case "file" -> "select min(id) from pennylane_sync.file where stream = 'customer_invoices'"
                    + " and state = 'ARCHIVED'";
            case "state", "company" -> "select id from pennylane_sync.company";
            default -> throw new IllegalArgumentException(edit.pick());
        };
        return warehouse.jdbc().sql(id).query(Long.class).single();
    }

    private static String statement(Edit edit, long id) {
        if (edit.sql() != null) {
            return edit.sql().replace("{company}", Long.toString(id));
        }
        String which = edit.pick().equals("state") ? " where stream = 'ledger_entry_lines'"
                : edit.pick().equals("version") ? " where stream = 'ledger_entry_lines' and id = " + id
                        : " where id = " + id;
        if (edit.delete()) {
            return "delete from " + edit.table() + which;
        }
        if (edit.insert() != null) {
            return "with copy as (select (jsonb_populate_record(t, jsonb_build_object(" + changes(edit.insert())
                    + "))).* from " + edit.table() + " t" + which + ") insert into " + edit.table()
                    + " overriding system value table copy";
        }
        return "update " + edit.table() + " set " + edit.set() + which;
    }

    /** {@code a = x, b = y} as the arguments of a JSON object. */
    private static String changes(String assignments) {
        return assignments.replaceAll("(\\w+) = ", "'$1', ");
    }

    /** The stream that was edited, or everything where what is named is found by nothing less. */
    private static VerificationResult verify(Edit edit) {
        String stream = edit.stream() != null ? edit.stream()
                : edit.table().startsWith("pennylane.") ? edit.table().split("\\.")[1] : "ledger_entry_lines";
        return edit.names().contains("which is not ") || "warehouse".equals(edit.stream())
                || edit.names().contains("which no ") ? verify()
                        : new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify(
                                List.of(sandbox.companies().get(0).id()),
                                List.of(run.catalog.find(stream).orElseThrow()));
    }

    private static VerificationResult verify() {
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify();
    }
}
