package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultKind.Stage;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault that the server can show, at one request in twenty: the truth arrives, or the stream stops and says why.
 */
class FaultTest {

    private static final double ONE_IN_TWENTY = 0.05;
    private static final double ONE_IN_FIVE = 0.2;
    private static final int LONG = 6000;

    /** They strike the second page of a list or later: so the lists are longer, and read without their sub-lists. */
    private static final Set<FaultKind> OF_LATER_PAGES = EnumSet.of(FaultKind.EXPIRED_CURSOR, FaultKind.REPEATED_PAGE,
            FaultKind.CURSOR_LOOP, FaultKind.OUTSIDE_FILTER);
    /** Each 429 asks for a second of silence, for every request of the token: fewer streams meet fewer of them. */
    private static final Set<String> FEW = Set.of("customer_invoices", "suppliers", "transactions");
    private static final Set<String> LONG_LISTS = Set.of("transactions", "ledger_entry_lines", "ledger_accounts");

    @ParameterizedTest
    @MethodSource("ofTheApi")
    void theTruthArrivesOrTheStreamStopsWithItsReason(FaultKind kind) {
        boolean later = OF_LATER_PAGES.contains(kind);
        FaultRule rule =
                FaultRule.withProbability(kind, later ? ONE_IN_FIVE : ONE_IN_TWENTY).lasting(Duration.ofMillis(200));
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF).withFaults(FaultPlan.of(rule))
                        .withRecords(records(kind));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            List<StreamDefinition> streams;
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                streams = run.catalog.all().stream().filter(StreamDefinition::enabled)
                        .filter(stream -> isRead(stream, kind)).toList();
                run.sync(roots(streams));
                assertThat(sandbox.faults().count(kind)).as("the fault was met").isPositive();
                assertThat(run.progress.all()).allSatisfy(
                        stream -> assertThat(stream.outcome()).isIn(StreamOutcome.COMPLETE, StreamOutcome.FAILED));
                assertThat(run.progress.all()).filteredOn(stream -> stream.outcome() == StreamOutcome.FAILED)
                        .allSatisfy(stream -> assertThat(stream.reason()).isPresent());
                assertThat(WarehouseTruth.differences(sandbox, warehouse, complete(run, streams))).isEmpty();
            }
            sandbox.faults().clear();
            try (TestRun healed = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                healed.sync(roots(streams));
                assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
            }
        }
    }

    /** It says that more follows, which a list without pages never does. */
    @Test
    void aListWithoutPagesThatLostItsTailIsReadAgain() {
        FaultRule first = FaultRule.onRequests(FaultKind.SHORTENED_PAGE, 1L).onPath("/pa_registrations");
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF).withFaults(FaultPlan.of(first));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> stream = List.of(run.catalog.find("pa_registrations").orElseThrow());
            run.sync(stream);
            assertThat(sandbox.faults().count(FaultKind.SHORTENED_PAGE)).isEqualTo(1);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, stream)).isEmpty();
        }
    }

    private static int records(FaultKind kind) {
        return OF_LATER_PAGES.contains(kind) ? LONG : SandboxOptions.DEFAULT_RECORDS;
    }

    private static boolean isRead(StreamDefinition stream, FaultKind kind) {
        if (kind == FaultKind.TOO_MANY_REQUESTS) {
            return FEW.contains(stream.parent().orElse(stream.name()));
        }
        return !OF_LATER_PAGES.contains(kind) || LONG_LISTS.contains(stream.name());
    }

    private static Stream<FaultKind> ofTheApi() {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> !Set.of(Stage.FILE, Stage.SHARE, Stage.LIE).contains(kind.stage()));
    }

    /** Those that came to their end, together with the streams they hang under. */
    private static List<StreamDefinition> complete(TestRun run, List<StreamDefinition> streams) {
        List<String> complete = run.progress.all().stream().filter(stream -> stream.outcome() == StreamOutcome.COMPLETE)
                .map(Progress.StreamSync::stream).toList();
        return streams.stream().filter(
                stream -> complete.contains(stream.name()) && stream.parent().map(complete::contains).orElse(true))
                .toList();
    }

    private static List<StreamDefinition> roots(List<StreamDefinition> streams) {
        return streams.stream().filter(stream -> !stream.isChild()).toList();
    }
}
