package fr.pennylanesync.runtime;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.retention.Thinning;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the tables that only grow cost on disk, indexes included: the figures of docs/OPERATING.md, Growth.
 *
 * <p>{@code mvn test -Dtest=GrowthBenchmark -Dbenchmark=true}.
 */
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
class GrowthBenchmark {

    private static final List<String> TABLES = List.of("batch", "record_version", "seen_event", "quarantine", "file");
    private static final int YEAR_DAYS = 365;
    private static final int SYNCS = 12;
    private static final int CHANGES_PER_SYNC = 300;

    @Test
    void bytesPerRow() {
        try (Sandbox sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(1).withRecords(2_000).withRateLimit(RateLimit.OFF));
                Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> all = run.catalog.all().stream()
                    .filter(stream -> stream.enabled() && !stream.isChild()).toList();
            run.sync(all);
            long first = rows(warehouse, "batch");
            Random dice = new Random(11);
            for (int sync = 0; sync < SYNCS; sync++) {
                sandbox.mutate(dice, CHANGES_PER_SYNC);
                run.sync(all);
            }
            System.out.printf(Locale.ROOT, "growth: %d batches for the history, %d for %d changes in %d syncs%n", first,
                    rows(warehouse, "batch") - first, SYNCS * CHANGES_PER_SYNC, SYNCS);
            TABLES.forEach(table -> print(warehouse, table));
            thin(warehouse, run);
        }
    }

    /** All that changed, and a sweep that found nothing new, is a year old. */
    private static void thin(Warehouse warehouse, TestRun run) {
        run.syncRequest = new SyncRequest(Optional.of(PassKind.SWEEP), true, Duration.ZERO, Duration.ZERO);
        run.sync();
        AgedWarehouse.age(warehouse, 2 * YEAR_DAYS);
        Optional<Period> year = Optional.of(Period.ofDays(YEAR_DAYS));
        Thinning thinning = new Thinning(warehouse, new StreamStates(warehouse.jdbc()), () -> run.catalog,
                new Settings.Retention(year, year, Map.of(), Map.of()));
        long before = rows(warehouse, "batch");
        thinning.streams().stream().filter(thinning::isOld).forEach(thinning::thin);
        System.out.printf(Locale.ROOT, "growth: of %d batches %d were thinned%n", before, warehouse.jdbc()
                .sql("select sum(cardinality(batch_ids)) from pennylane_sync.seal").query(Long.class).single());
        List.of("batch", "record_version", "thinned_version", "seal").forEach(table -> print(warehouse, table));
    }

    private static void print(Warehouse warehouse, String table) {
        long rows = rows(warehouse, table);
        warehouse.jdbc().sql("vacuum full analyze pennylane_sync." + table).update();
        long bytes = warehouse.jdbc().sql("select pg_total_relation_size('pennylane_sync." + table + "')")
                .query(Long.class).single();
        System.out.printf(Locale.ROOT, "growth: %-16s %,8d rows %,12d bytes, %,d each%n", table, rows, bytes,
                rows == 0 ? 0 : bytes / rows);
    }

    private static long rows(Warehouse warehouse, String table) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync." + table).query(Long.class).single();
    }
}
