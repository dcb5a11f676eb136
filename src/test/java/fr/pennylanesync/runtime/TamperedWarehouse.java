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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * A synced warehouse that somebody with SQL rights edits: the edits stand in a file, each is made at one of several
 * places and undone.
 */
final class TamperedWarehouse implements AutoCloseable {

    private static final Set<String> READ =
            Set.of("customers", "products", "customer_invoices", "ledger_entry_lines");

    private static final List<String> CHANGES =
            List.of("change_amounts", "add_entry_line", "allocate_line", "allocate_line", "add_entry_line",
                    "remove_entry_line", "allocate_line");

    /**
     * An edit.
     *
     * @param pick what is edited: a row, a row that is deleted or was changed, a version, a batch, a state, a company
     * @param set what is set
     * @param insert what a copy of it has otherwise
     * @param sql instead of these: the whole statement
     * @param stream that is verified; null: that of the table, or the lines of entries
     * @param names part of what verify says; {id} is the picked one, {new} the copy, {nth} its place from 1 on
     */
    record Edit(String kind, String table, String pick, @JsonProperty("edit") String set, boolean delete,
            String insert, String sql, String stream, String names) {

        static List<Edit> all() {
            try (InputStream file = TamperedWarehouse.class.getResourceAsStream("/tamper/edits.yaml")) {
                return new ObjectMapper(new YAMLFactory()).readValue(file, new TypeReference<>() {});
            } catch (IOException broken) {
                throw new IllegalStateException("the edits cannot be read", broken);
            }
        }

        String verifiedStream() {
            return stream != null ? stream
                    : table.startsWith("pennylane.") ? table.split("\\.")[1] : "ledger_entry_lines";
        }

        private String statement(long id, int place) {
            if (sql != null) {
                return sql.replace("{company}", Long.toString(id)).replace("{place}", Integer.toString(place));
            }
            String which = pick.equals("state") ? " where stream = 'ledger_entry_lines'"
                    : pick.equals("version") ? " where stream = 'ledger_entry_lines' and id = " + id
                            : " where id = " + id;
            if (delete) {
                return "delete from " + table + which;
            }
            if (insert != null) {
                return "with copy as (select (jsonb_populate_record(t, jsonb_build_object("
                        // {@code a = x, b = y} as the arguments of a JSON object.
                        + insert.replaceAll("(\\w+) = ", "'$1', ") + "))).* from " + table + " t" + which
                        + ") insert into " + table + " overriding system value table copy";
            }
            return "update " + table + " set " + set + which;
        }

        /** Tells whether this was named. */
        boolean isNamedIn(VerificationResult verified, long id, int place) {
            String expected = names.replace("{id}", Long.toString(id))
                    .replace("{new}", Long.toString(id + 900_000_000)).replace("{nth}", Integer.toString(place + 1));
            return verified.differences().stream().anyMatch(difference -> difference.contains(expected));
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    final Sandbox sandbox;
    final Warehouse warehouse;
    final TestRun run;
    private final List<StreamDefinition> streams;

    /** @param rounds of changes and deletions, each with a sync of its own */
    TamperedWarehouse(int records, int rounds) {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(records)
                .withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED);
        streams = run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList();
        run.sync(streams);
        Random random = new Random(7);
        changeAndSync(random, List.of("change_amounts", "change_amounts", "remove_entry_line", "remove_entry"));
        for (int round = 1; round < rounds; round++) {
            changeAndSync(random, CHANGES);
        }
        run.archive();
        assertThat(count("pennylane_sync.file_entry where stream = 'customer_invoices'")).isGreaterThan(1);
        assertThat(count("pennylane.ledger_entry_lines where deleted_at is not null")).isPositive();
        assertThat(count("pennylane_sync.record_version where stream = 'ledger_entry_lines'")).isPositive();
    }

    /** Makes rows that are replaced, and lands them. */
    void changeAndSync(Random random) {
        changeAndSync(random, CHANGES);
    }

    private void changeAndSync(Random random, List<String> kinds) {
        kinds.forEach(kind -> sandbox.mutate(company(), random, kind));
        run.sync(streams);
    }

    private long count(String rows) {
        return warehouse.jdbc().sql("select count(*) from " + rows).query(Long.class).single();
    }

    long company() {
        return sandbox.companies().get(0).id();
    }

    VerificationResult verify() {
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify();
    }

    /** Verifies the stream that was edited, or everything where what is named is found by nothing less. */
    VerificationResult verify(Edit edit) {
        return edit.names().contains("which is not ") || "warehouse".equals(edit.stream())
                || edit.names().contains("which no ") ? verify()
                        : new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify(
                                List.of(company()), List.of(run.catalog.find(edit.verifiedStream()).orElseThrow()));
    }

    /**
     * Makes an edit, looks, and undoes it.
     *
     * @param place the n-th of those where it can be made
     * @param tables that the look changes too
     * @return what the look found; empty where there is no such place
     */
    <T> Optional<T> tamper(Edit edit, int place, List<String> tables, Function<Long, T> look) {
        List<Long> places = places(edit);
        if (place >= places.size() && edit.sql() == null) {
            return Optional.empty();
        }
        long id = edit.sql() == null ? places.get(place) : places.get(0);
        tables.forEach(this::save);
        try {
            int edited = edited(edit.statement(id, place));
            if (edited == 0 && edit.sql() != null && place > 0) {
                return Optional.empty();
            }
            assertThat(edited).as("what is edited").isOne();
            return Optional.of(look.apply(id));
        } finally {
            tables.forEach(this::restore);
            warehouse.jdbc().sql("delete from pennylane_sync.foreign_change").update();
        }
    }

    private static String saved(String table) {
        return "pennylane_sync.saved_" + table.replace('.', '_');
    }

    private void save(String table) {
        warehouse.jdbc().sql("create table " + saved(table) + " as table " + table).update();
    }

    private void restore(String table) {
        String columns = columns(table);
        warehouse.jdbc().sql("delete from " + table).update();
        warehouse.jdbc().sql("insert into " + table + " (" + columns + ") overriding system value select " + columns
                + " from " + saved(table)).update();
        warehouse.jdbc().sql("drop table " + saved(table)).update();
    }

    /** Tells, within a look, whether these tables hold again what they held before the edit. */
    boolean isUndone(List<String> tables) {
        return tables.stream().allMatch(table -> {
            String now = "select " + columns(table) + " from " + table;
            String before = "select " + columns(table) + " from " + saved(table);
            return warehouse.jdbc()
                    .sql("select not exists ((" + now + " except all " + before + ") union all (" + before
                            + " except all " + now + "))")
                    .query(Boolean.class).single();
        });
    }

    /** As somebody who is not the runtime. */
    private int edited(String sql) {
        return warehouse.transaction(() -> {
            warehouse.jdbc().sql("set local pennylane_sync.writer = ''").update();
            return warehouse.jdbc().sql(sql).update();
        });
    }

    /** All but those that the database computes. */
    private String columns(String table) {
        return warehouse.jdbc().sql("select string_agg(quote_ident(attname), ', ') from pg_attribute"
                + " where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''")
                .param(table).query(String.class).single();
    }

    private List<Long> places(Edit edit) {
        String ids = edit.sql() != null ? "select id from pennylane_sync.company" : switch (edit.pick()) {
            case "row" -> "select t.id from " + edit.table() + " t where t.deleted_at is null and t.batch_id <>"
                    + " (select max(id) from pennylane_sync.batch) and not exists"
                    + " (select 1 from pennylane_sync.record_version v where v.id = t.id) order by id desc";
            case "deleted" -> "select id from pennylane.ledger_entry_lines where deleted_at is not null order by id";
            case "changed" -> "select distinct t.id from pennylane.ledger_entry_lines t"
                    + " join pennylane_sync.record_version v on v.id = t.id and v.stream = 'ledger_entry_lines'"
                    + " where t.deleted_at is null order by id";
            case "version" -> "select t.id from pennylane_sync.record_version v join pennylane.ledger_entry_lines t"
                    + " on v.id = t.id and v.stream = 'ledger_entry_lines' where t.deleted_at is null"
                    + " group by t.id having count(*) = 1 order by id";
            case "batch" -> "select id from pennylane_sync.batch where stream = 'ledger_entry_lines'"
                    + " and record_count > 1 order by id";
            case "lastBatch" -> "select max(id) from pennylane_sync.batch where stream = 'ledger_entry_lines'";
            case "file" -> "select id from pennylane_sync.file where stream = 'customer_invoices'"
                    + " and state = 'ARCHIVED' order by id";
            case "state", "company" -> "select id from pennylane_sync.company";
            default -> throw new IllegalArgumentException(edit.pick());
        };
        return warehouse.jdbc().sql(ids).query(Long.class).list();
    }

    @Override
    public void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }
}
