package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.checkpoint.CheckpointErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.BatchKey;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.stream.RouteErrorCode;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;

/**
 * What our own route files do from a pass to the checkpoint of a batch: in which order, how often, and what is left
 * where a step fails. Pages come from a stub, rows go nowhere; checkpoints, transaction and assignment are real
 * classes.
 */
class PassRoutesTest extends StepRoutes {

    private static final Set<String> QUOTES = Set.of("quotes");
    private static final List<String> LANDING = List.of("begin", "open landing", "claim", "writeRows", "readBack",
            "noteDue", "setAside", "noteFiles", "appendLedger", "requireAssignment", "moveCheckpoint", "commit",
            "advance");

    private final StreamAssignment assignment = new StreamAssignment();
    private final FakeSync sync = new FakeSync(calls, assignment);
    private final FakeLanding landing = new FakeLanding(calls, assignment);
    private final Runnable giveBack = assignment.revoke(Set.of(), Set.of());
    private Object page;

    @Override
    Set<String> started() {
        return Set.of("run-pass", "next-batch", "check-page", "land-batch");
    }

    @Override
    void clear() {
        sync.clear();
        landing.clear();
        giveBack.run();
        page = "a page";
    }

    @Override
    void bind(Registry beans) {
        beans.bind("sync", sync);
        beans.bind("landing", landing);
        beans.bind("checkpoints", new Checkpoints(landing.ledger::contains));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read-page").errorHandler(noErrorHandler()).process(exchange -> {
                    calls.call("read-page");
                    exchange.getMessage().setBody(page);
                });
                from("direct:read-partition").errorHandler(noErrorHandler()).process(exchange -> {
                    calls.call("read-partition");
                    sync.advance(exchange);
                });
            }
        };
    }

    @Test
    void theStepsOfABatchComeInTheirOrder() {
        run(1);

        assertThat(calls.made().subList(0, 7)).containsExactly("open", "read-page", "checkPage", "hash a", "hash b",
                "hash c", "takePage [#a, #b, #c]");
        assertThat(calls.made().subList(7, 20)).isEqualTo(LANDING);
        assertThat(calls.made()).endsWith("advance", "close").hasSize(21);
        assertThat(landing.ledger).hasSize(1);
    }

    @Test
    void deletionsAreFoundBeforeTheRowsOfTheBatchThatEndsASweepAreWritten() {
        landing.endOfSweep = true;

        run(1);

        assertThat(calls.made()).containsSubsequence("claim", "findDeletions", "writeRows", "commit");
    }

    @Test
    void theLoopEndsWithTheLastBatch() {
        run(3);

        assertThat(calls.count("moveCheckpoint")).isEqualTo(3);
        assertThat(calls.count("open")).isEqualTo(1);
        assertThat(calls.made()).endsWith("advance", "close");
    }

    @Test
    void eachLaneIsReadToItsEnd() {
        run(List.of(new FakeLane(calls, 2), new FakeLane(calls, 3)));

        assertThat(calls.count("advance")).isEqualTo(5);
        assertThat(calls.count("close")).isEqualTo(1);
    }

    @Test
    void aPassWithNothingToReadIsClosed() {
        run(0);

        assertThat(calls.made()).containsExactly("open", "close");
    }

    @Test
    void aBatchOfSeveralPagesIsLandedOnce() {
        sync.pagesOfABatch = 3;

        run(1);

        assertThat(calls.count("read-page")).isEqualTo(3);
        assertThat(calls.count("begin")).isEqualTo(1);
    }

    @Test
    void whereTheLaneGoesOnWithoutAnAnswerNothingIsChecked() {
        page = null;
        sync.lanes = List.of(new FakeLane(calls, 1));

        Exchange ended = send("next-batch", exchange -> exchange.setVariable(Variables.LANE, sync.lanes.get(0)));

        assertThat(ended.getException()).isNull();
        assertThat(calls.made()).containsExactly("read-page");
    }

    @Test
    void aPageWithoutRowsIsTakenToo() {
        sync.rows = List.of();

        run(1);

        assertThat(calls.made()).containsSubsequence("checkPage", "takePage []", "moveCheckpoint", "commit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void aRecordThatCannotBeHashedFailsThePage(String row) {
        SyncException bad = new SyncException(ApiErrorCode.NOT_JSON);
        calls.fail("hash " + row, bad, 1);

        run(1);

        assertThat(calls.count("checkPage")).isEqualTo(2);
        assertThat(calls.made()).contains("takePage [#a, #b, #c]").containsOnlyOnce("begin");
    }

    @Test
    void aLaneOfTheDataSharingIsReadByPartitions() {
        FakeLane lane = new FakeLane(calls, 2);
        lane.shared = true;

        run(List.of(lane));

        assertThat(calls.made()).containsExactly("open", "read-partition", "advance", "read-partition", "advance",
                "close");
    }

    @Test
    void aBatchThatIsInTheLedgerCostsNothingAndTheLaneGoesOn() {
        FakeLane lane = new FakeLane(calls, 1);
        landing.ledger.add(BatchKey.of(lane.checkpoint()));

        run(List.of(lane));

        assertThat(calls.made()).containsSubsequence("claim", "commit", "advance", "close")
                .doesNotContain("writeRows", "moveCheckpoint");
    }

    @Test
    void aBatchThatIsNotStoredAsItWasReadIsRolledBackReadAgainThreeTimesThenSetAside() {
        landing.storedHash = "another";

        run(2);

        assertThat(calls.count("read-page")).as("from the source each time").isEqualTo(4);
        assertThat(calls.count("rollback")).isEqualTo(4);
        assertThat(calls.made()).containsSubsequence("readBack", "refuse", "rollback", "set batch aside", "failed")
                .doesNotContain("commit", "moveCheckpoint", "appendLedger", "advance");
        assertThat(calls.made()).containsOnlyOnce("set batch aside").containsOnlyOnce("failed");
        assertThat(landing.ledger).isEmpty();
    }

    static Stream<Arguments> itemFaults() {
        return Stream.of(Arguments.of(ApiErrorCode.SERVER_ERROR, 3), Arguments.of(ApiErrorCode.BODY_TOO_LARGE, 0));
    }

    @ParameterizedTest
    @MethodSource("itemFaults")
    void aFaultOfOneItemIsIsolatedAndTheLaneGoesOn(ApiErrorCode code, int repeated) {
        sync.isolating = 2;
        calls.fail("read-page", new SyncException(code), 2 * (repeated + 1));

        run(2);

        assertThat(calls.count("isolate")).isEqualTo(2);
        assertThat(calls.count("read-page")).isEqualTo(2 * (repeated + 1) + 2);
        assertThat(calls.count("advance")).isEqualTo(2);
        assertThat(calls.made()).endsWith("advance", "close").doesNotContain("failed");
    }

    @Test
    void aFaultThatIsNoItemsStopsTheStream() {
        sync.isolating = 1;
        calls.fail("read-page", new SyncException(ApiErrorCode.SERVER_ERROR));

        run(2);

        assertThat(calls.made()).containsOnlyOnce("isolate").containsOnlyOnce("failed").doesNotContain("advance");
    }

    @Test
    void aRecordThatTheDatabaseDoesNotTakeIsFoundAndTheOthersLand() {
        calls.fail("writeRows", new SyncException(LandingErrorCode.VALUE_REFUSED), 1);

        run(2);

        assertThat(calls.made()).containsSubsequence("writeRows", "rollback", "findRefused", "begin", "open landing",
                "writeRows", "commit", "advance");
        assertThat(calls.count("read-page")).as("the batch is not read again").isEqualTo(2);
        assertThat(calls.count("findRefused")).isEqualTo(1);
        assertThat(calls.made()).doesNotContain("failed");
        assertThat(landing.ledger).hasSize(2);
    }

    @Test
    void aRefusalThatIsNoRecordsStopsTheStream() {
        SyncException refused = new SyncException(LandingErrorCode.VALUE_REFUSED);
        calls.fail("writeRows", refused, 1);
        calls.fail("findRefused", refused);

        run(2);

        assertThat(calls.told()).containsExactly(refused);
        assertThat(calls.made()).doesNotContain("commit", "advance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "writeRows", "readBack", "noteDue", "setAside", "noteFiles", "appendLedger",
            "requireAssignment", "moveCheckpoint"})
    void aStepThatFailsRollsTheWholeBatchBackAndTheClaimGoes(String step) {
        calls.fail(step, new IllegalStateException("a fault"));
        FakeLane lane = new FakeLane(calls, 1);

        Exchange ended = send("land-batch", exchange -> exchange.setVariable(Variables.LANE, lane));

        assertThat(calls.made()).endsWith(step, "rollback").doesNotContain("commit");
        assertThat(ended.getException()).hasMessage("a fault");
        assertThat(landing.ledger).isEmpty();
        if (!step.equals("claim") && !step.equals("moveCheckpoint")) {
            assertThat(ended.getVariable(Variables.LANDING)).as("the claim is removed").isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"writeRows", "moveCheckpoint"})
    void anErrorRollsBackToo(String step) {
        calls.fail(step, new StackOverflowError());

        Exchange ended =
                send("land-batch", exchange -> exchange.setVariable(Variables.LANE, new FakeLane(calls, 1)));

        assertThat(calls.made()).endsWith(step, "rollback");
        assertThat(ended.getException()).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void nothingIsCommittedWithoutItsCheckpoint() {
        Exchange ended = send("land-batch", exchange -> {
            exchange.setVariable(Variables.LANE, new FakeLane(calls, 1));
            exchange.getExchangeExtension().setFailureHandled(true);
        });

        assertThat(calls.made()).endsWith("rollback").doesNotContain("commit", "moveCheckpoint");
        assertThat(ended.getException()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStepThatMarksTheExchangeForRollbackIsObeyed() {
        sync.lanes = List.of(new FakeLane(calls, 1));

        Exchange ended = send("land-batch", exchange -> {
            exchange.setVariable(Variables.LANE, sync.lanes.get(0));
            exchange.setRollbackOnly(true);
        });

        assertThat(ended.isRollbackOnly()).isTrue();
        assertThat(calls.made()).doesNotContain("commit").endsWith("rollback");
    }

    @Test
    void aCommitThatFailsIsNoLandingAndTheBatchIsReadAgain() {
        calls.fail("commit", new TransactionSystemException("cut",
                new SQLException("cut", "08006")), 1);

        run(1);

        assertThat(calls.count("read-page")).isEqualTo(2);
        assertThat(calls.made()).containsSubsequence("commit", "read-page", "commit", "advance");
    }

    static Stream<Arguments> retries() {
        return Stream.of(Arguments.of("read-page", new SyncException(ApiErrorCode.SERVER_ERROR), 8),
                Arguments.of("checkPage", new SyncException(ApiErrorCode.SERVER_ERROR), 8),
                Arguments.of("read-page", new SyncException(ApiErrorCode.TOKEN_REFUSED), 0),
                Arguments.of("read-page", new SyncException(ShareErrorCode.SHARE_BUSY), 5),
                Arguments.of("writeRows", new SyncException(LandingErrorCode.WAREHOUSE_REFUSED), 3),
                Arguments.of("moveCheckpoint", new SyncException(CheckpointErrorCode.CHECKPOINT_MOVED), 0));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void aBatchIsReadAgainFromTheSourceAsOftenAsThePolicySays(String step, SyncException failure, int times) {
        calls.fail(step, failure);

        run(1);

        assertThat(calls.count("read-page")).isEqualTo(1 + times);
        assertThat(calls.count(step)).isEqualTo(1 + times);
        assertThat(calls.told()).containsExactly(failure);
        assertThat(calls.made()).doesNotContain("advance", "set batch aside");
    }

    @Test
    void aLaneThatFailsLeavesTheOthersAndThePassIsClosed() {
        calls.fail("writeRows", new IllegalStateException("a fault"), 1);

        run(List.of(new FakeLane(calls, 1), new FakeLane(calls, 1)));

        assertThat(calls.count("advance")).isEqualTo(1);
        assertThat(calls.count("failed")).isEqualTo(1);
        assertThat(calls.made()).endsWith("close");
    }

    @Test
    void underRoutesThatAreReplacedNothingIsRead() {
        assignment.revoke(QUOTES, Set.of());

        run(2);

        assertThat(calls.made()).containsExactly("open", "close");
    }

    @ParameterizedTest
    @CsvSource({"advance,1", "commit,1"})
    void routesThatAreReplacedBetweenTwoBatchesLandNoFurtherOne(String step, int landed) {
        calls.once(step, () -> assignment.revoke(QUOTES, Set.of()));

        run(3);

        assertThat(calls.count("commit")).isEqualTo(landed);
        assertThat(calls.made()).endsWith("advance", "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-page", "hash b", "begin", "writeRows", "appendLedger"})
    void routesThatAreReplacedDuringABatchDoNotLandIt(String step) {
        calls.once(step, () -> assignment.revoke(QUOTES, Set.of()));

        run(3);

        assertThat(calls.made()).containsSubsequence("requireAssignment", "rollback", "failed")
                .doesNotContain("commit", "moveCheckpoint", "advance");
        assertThat(calls.count("read-page")).as("the routes that follow read it again").isEqualTo(1);
        assertThat(calls.told()).singleElement().isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.is(RouteErrorCode.ROUTES_EXCHANGED)).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,3"})
    void reroutedPassesBreakOffWhereNothingIsReadTwice(boolean resumable, int landed) {
        FakeLane lane = new FakeLane(calls, 3);
        lane.resumable = resumable;
        calls.once("writeRows", () -> assignment.revoke(Set.of(), QUOTES));

        run(List.of(lane));

        assertThat(calls.count("commit")).as("the batch under way is landed").isEqualTo(landed);
        assertThat(calls.made()).endsWith("close").doesNotContain("failed");
    }

    private void run(int batches) {
        run(List.of(new FakeLane(calls, batches)));
    }

    private void run(List<FakeLane> lanes) {
        sync.lanes = lanes;
        Exchange ended = send("run-pass", exchange -> {});
        assertThat(ended.getException()).as("a stream's failures are told where they happen").isNull();
    }
}
