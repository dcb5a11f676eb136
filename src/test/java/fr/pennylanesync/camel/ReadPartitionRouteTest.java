package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.StubShare;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the route of a partition does: in which order, within which snapshot, and when the partition is closed. */
class ReadPartitionRouteTest extends StepRoutes {

    private final FakeShare share = new FakeShare(calls);
    private final FakeSync sync = new FakeSync(calls, new StreamAssignment());
    private FakeLane lane;

    @Override
    Set<String> started() {
        return Set.of("read-partition", "next-batch", "run-pass");
    }

    @Override
    void clear() {
        share.clear();
        lane = new FakeLane(calls, 9);
        lane.shared = true;
        sync.clear();
        sync.lanes = List.of(lane);
    }

    @Override
    void bind(Registry beans) {
        beans.bind("landing", new FakeLanding(calls, new StreamAssignment()));
        beans.bind("share", share);
        beans.bind("sync", sync);
        beans.bind("jdbc", share.statements());
        beans.bind("shareSnapshot", new SnapshotPolicy(() -> {
            calls.call("snapshot");
            return StubShare.open(() -> calls.call("snapshot closed"));
        }));
    }

    @Override
    Properties properties() {
        Properties properties = super.properties();
        properties.setProperty("share.fetch-rows", "1000");
        return properties;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:land-batch").errorHandler(noErrorHandler()).process(exchange -> calls.call("land"));
                from("direct:read-page").errorHandler(noErrorHandler()).process(exchange -> calls.call("read-page"));
                from("direct:check-page").errorHandler(noErrorHandler()).process(exchange -> calls.call("check-page"));
            }
        };
    }

    @Test
    void theStepsOfAPartitionComeInTheirOrderWithinOneSnapshot() {
        share.batches = 2;

        Exchange ended = read();

        assertThat(ended.getException()).isNull();
        assertThat(calls.made()).containsExactly("snapshot", "open", "digest of shareSource as SelectOne",
                "expect the digest", "rows of shareSource as StreamList", "take the rows", "takeRows", "land",
                "advance", "takeRows", "land", "advance", "takeRows", "close", "land", "advance", "snapshot closed");
        assertThat(ended.getVariable(Variables.SNAPSHOT)).isNull();
    }

    @Test
    void idsThatStandForSeveralRowsAreAskedForBeforeTheRowsAreRead() {
        lane.repeating = true;

        read();

        assertThat(calls.made()).containsSubsequence("snapshot", "expect the digest", "repeatedIds",
                "ids of shareSource as SelectList", "apart the ids", "rows of shareSource as StreamList",
                "take the rows", "snapshot closed");
    }

    @Test
    void aRowThatTheDatabaseDoesNotTakeIsFoundAndTheOthersLandWithinTheSnapshot() {
        share.batches = 2;
        calls.fail("land", new SyncException(LandingErrorCode.VALUE_REFUSED), 1);

        Exchange ended = read();

        assertThat(ended.getException()).isNull();
        assertThat(calls.made()).containsSubsequence("takeRows", "land", "findRefused", "land", "advance", "takeRows",
                "land", "advance", "close", "land", "advance", "snapshot closed");
        assertThat(calls.count("snapshot")).isEqualTo(1);
        assertThat(calls.count("findRefused")).isEqualTo(1);
    }

    @Test
    void aPartitionWithoutRowsIsClosedToo() {
        share.batches = 0;

        read();

        assertThat(calls.made()).containsSubsequence("takeRows", "close", "land", "advance", "snapshot closed")
                .containsOnlyOnce("land");
    }

    @Test
    void aPartitionThatDiffersIsReadAgainThenSetAsideAndNeverClosed() {
        lane.equal = false;

        Exchange first = read();
        Exchange second = read();

        assertThat(first.getException()).isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.is(ShareErrorCode.SHARE_DIGEST_DIFFERS)).isTrue());
        assertThat(second.getException()).isNull();
        assertThat(calls.made()).doesNotContain("close").endsWith("readAgainOrSetAside", "land", "advance",
                "snapshot closed");
        assertThat(calls.count("snapshot")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "digest of shareSource as SelectOne", "expect the digest",
            "rows of shareSource as StreamList", "take the rows", "takeRows", "land", "advance", "close"})
    void theSnapshotIsClosedOnEveryWayOut(String step) {
        calls.fail(step, new IllegalStateException("a fault"));

        Exchange ended = read();

        assertThat(calls.made()).endsWith(step, "snapshot closed");
        assertThat(calls.count("snapshot closed")).isEqualTo(1);
        assertThat(ended.getException()).hasMessage("a fault");
        assertThat(ended.getVariable(Variables.SNAPSHOT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "takeRows"})
    void theSnapshotIsClosedAfterAnErrorToo(String step) {
        calls.fail(step, new StackOverflowError());

        Exchange ended = read();

        assertThat(calls.made()).endsWith(step, "snapshot closed");
        assertThat(ended.getException()).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void aBatchThatIsNotLandedIsNotPassed() {
        share.batches = 3;
        calls.fail("land", new IllegalStateException("a fault"));

        read();

        assertThat(calls.made()).doesNotContain("advance", "close").containsOnlyOnce("takeRows");
    }

    @Test
    void aStopDuringAPartitionLeavesItUnclosed() {
        share.batches = 3;
        calls.once("land", () -> stop("read-partition", "read-partition-batches"));

        Exchange ended = read();

        assertThat(ended.getException()).isNull();
        assertThat(calls.made()).endsWith("land", "advance", "snapshot closed")
                .doesNotContain("close", "readAgainOrSetAside");
        assertThat(calls.count("takeRows")).isEqualTo(1);
    }

    @Test
    void whatTheDriverThrowsHasANameAndIsTriedAgainWithASnapshotOfItsOwn() {
        calls.fail("rows of shareSource as StreamList", new SQLException("cut", "08006"));

        Exchange ended = send("run-pass", exchange -> {});

        assertThat(ended.getException()).isNull();
        assertThat(calls.count("snapshot")).isEqualTo(6);
        assertThat(calls.count("snapshot closed")).isEqualTo(6);
        assertThat(calls.count("open")).as("of the partition, and once of the pass").isEqualTo(7);
        assertThat(calls.told()).singleElement().isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.is(ShareErrorCode.SHARE_CUT)).isTrue());
        assertThat(calls.made()).doesNotContain("read-page", "check-page", "land");
    }

    @Test
    void aSnapshotThatCannotBeOpenedIsTriedAgainFiveTimes() {
        calls.fail("snapshot", new SyncException(ShareErrorCode.SHARE_BUSY));

        send("run-pass", exchange -> {});

        assertThat(calls.count("snapshot")).isEqualTo(6);
        assertThat(calls.count("failed")).isEqualTo(1);
        assertThat(calls.made()).doesNotContain("land");
    }

    private Exchange read() {
        return send("read-partition", exchange -> exchange.setVariable(Variables.LANE, lane));
    }
}
