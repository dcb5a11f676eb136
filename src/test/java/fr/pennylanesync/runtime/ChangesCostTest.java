package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After the first walk a company costs a handful of requests, and a long silence is found and healed. */
@Tag("minutes")
class ChangesCostTest {

    private static final SandboxOptions ONE_COMPANY =
            SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
    private static final String LINES = "ledger_entry_lines";

    @Test
    void anIdleSyncUsesAtMostTwelveRequests() {
        try (Sandbox sandbox = Sandbox.start(ONE_COMPANY); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            run.sync();
            sandbox.requests().clear();
            run.sync();
            assertThat(sandbox.requests().total()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void tenThousandChangesOfOneStreamCostAboutAHundredAndTenRequests() {
        try (Sandbox sandbox = Sandbox.start(ONE_COMPANY.withRecords(30_000));
                Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> lines = List.of(run.catalog.find(LINES).orElseThrow());
            List<StreamDefinition> withCopied = Stream.of("categories", "ledger_accounts", LINES)
                    .map(name -> run.catalog.find(name).orElseThrow()).toList();
            run.sync(withCopied);
            List<Long> events = new ArrayList<>();
            Random random = new Random(1);
            while (events.size() < 10_000) {
                sandbox.mutate(random, 500).stream().flatMap(mutation -> mutation.touches().stream())
                        .filter(touch -> touch.stream().equals(LINES) && touch.announced())
                        .map(Mutation.Touch::recordId).forEach(events::add);
            }
            sandbox.requests().clear();
            run.sync(lines);
            long requests = sandbox.requests().all().stream().map(LoggedRequest::path)
                    .filter(path -> path.endsWith("/changelogs/" + LINES) || path.contains("/v2/" + LINES)).count();
            double fewest = Math.ceil(events.size() / 1000.0) + Math.ceil(new HashSet<>(events).size() / 100.0);
            assertThat((double) requests).as("%d events of %d records", events.size(), new HashSet<>(events).size())
                    .isLessThanOrEqualTo(1.05 * fewest);
            // What is copied into lines changes without an event of theirs: it comes with the streams that it is copied
            // from.
            run.syncRequest = new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO);
            run.sync(withCopied);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, lines)).isEmpty();
        }
    }

    @Test
    void fiveWeeksOfSilenceAreFoundAndHealedWithTheirDeletions() {
        AdjustableClock clock = AdjustableClock.runningFrom(Instant.parse("2026-11-16T08:00:00Z"));
        try (Sandbox sandbox = Sandbox.start(ONE_COMPANY.withClock(clock));
                Warehouse warehouse = TestWarehouse.ready()) {
            List<StreamDefinition> streams;
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                streams = run.catalog.all().stream().filter(StreamDefinition::enabled).toList();
                run.sync();
            }
            Random random = new Random(5);
            sandbox.mutate(random, 60);
            clock.advance(Duration.ofDays(35));
            sandbox.mutate(random, 20);
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                run.syncRequest = new SyncRequest(Optional.empty(), true, Duration.ofDays(7), Duration.ZERO);
                run.sync();
            }
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
            long company = sandbox.companies().get(0).id();
            assertThat(new StreamStates(warehouse.jdbc()).progress(company, "customer_invoices").state())
                    .isEqualTo(StreamState.LIVE);
            assertThat(warehouse.jdbc().sql(
                    "select count(*) from pennylane_sync.batch where pass = 'sweep' and stream = 'customer_invoices'")
                    .query(Long.class).single()).isPositive();
        }
    }
}
