package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.RowKind;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Drained;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.EventBatch;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPassTest {

    private static final StreamDefinition STREAM = TestStreams.followed(TestStreams.keyset(100));
    private static final Instant DRAINED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryLanding landing = landing(DRAINED);

    @Test
    void theFirstPageBeginsBeforeThePositionAndTheNextBehindTheCursor() {
        FakeFeed feed = new FakeFeed(1000);
        FeedPass pass = pass(landing, NOW);
        PageRequest first = PageRequest.of("/changelogs/customers", 1000).withRows(RowKind.EVENT).with("start_date",
                "2026-03-01T09:55:00Z");
        assertThat(pass.request()).isEqualTo(first);
        for (int id = 1; id <= 1001; id++) {
            feed.add(id, DRAINED.plusSeconds(id));
        }
        LaneReader.readAll(pass, feed::answer, landing);
        assertThat(feed.requests()).containsExactly(first, first.after("2026-03-01T09:55:00Z 1000"));
        assertThat(landing.events()).hasSize(1001);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(DRAINED.plusSeconds(1001)));
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.priority()).isEqualTo(Priority.CHANGES);
    }

    /** A page of events that all say what was known leaves the position: each page still has a name of its own. */
    @Test
    void eachPageHasANameOfItsOwn() {
        FeedPass pass = pass(landing, NOW);
        assertThat(pass.batchKey()).hasToString("1/changelogs.customers/changes/3/since 2026-03-01T10:00:00Z page 1");
        LaneReader.takePage(pass, full("a", DRAINED));
        landing.land(pass);
        assertThat(pass.batchKey()).hasToString("1/changelogs.customers/changes/3/since 2026-03-01T10:00:00Z page 2");
        assertThat(pass.isUnfinished()).isTrue();
    }

    @Test
    void thePositionGoesToTheLastEventAndNeverBack() {
        FeedPass pass = pass(landing, NOW);
        LaneReader.takePage(pass, last(event(1, DRAINED.minusSeconds(60))));
        assertThat(((EventBatch) pass.batch()).advance().from(landing.checkpoint())).isEqualTo(new Drained(DRAINED));
        pass.restartBatch();
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.takePage(pass, last(event(1, DRAINED.plusSeconds(1)), event(1, DRAINED.plusSeconds(2))));
        landing.land(pass);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(DRAINED.plusSeconds(2)));
    }

    @Test
    void anEventFromTheFutureHidesNothing() {
        LaneReader.readAll(pass(landing, NOW), request -> last(event(1, NOW.plusSeconds(3600))), landing);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(NOW));
    }

    /** The API's clock is ahead, or behind: an event that was seen is where it is, and silence is what two agree on. */
    @Test
    void anEventThatAnyClockHasPassedIsBelievedAndSilenceIfTwoHave() {
        ClockReading behind = new ClockReading(Optional.of(NOW.minus(Duration.ofHours(5))), NOW, NOW);
        LaneReader.readAll(pass(landing, behind), request -> last(event(1, NOW.minusSeconds(9))), landing);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(NOW.minusSeconds(9)));
        Instant later = NOW.plus(Duration.ofDays(2));
        ClockReading ahead = new ClockReading(Optional.of(later.plus(Duration.ofHours(30))), later, later);
        LaneReader.readAll(pass(landing, ahead), request -> last(), landing);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(later.minus(FeedPass.OVERLAP)));
    }

    @Test
    void silenceIsNotedOnceADay() {
        Instant almost = DRAINED.plus(Duration.ofDays(1)).plus(FeedPass.OVERLAP);
        LaneReader.readAll(pass(landing, almost), request -> last(), landing);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(DRAINED));
        MemoryLanding later = landing(DRAINED);
        LaneReader.readAll(pass(later, almost.plusSeconds(1)), request -> last(), later);
        assertThat(later.checkpoint().position())
                .isEqualTo(new Drained(almost.plusSeconds(1).minus(FeedPass.OVERLAP)));
    }

    /** What comes after the first answer may still appear behind it: silence is known up to that answer alone. */
    @Test
    void silenceIsKnownUpToTheFirstAnswer() {
        Instant first = DRAINED.plus(Duration.ofDays(3));
        Instant[] clock = {first};
        FeedPass pass = new FeedPass(STREAM, "customers", List.of("id"), landing.checkpoint(),
                () -> ClockReading.agreed(clock[0]));
        LaneReader.takePage(pass, full("a", DRAINED));
        landing.land(pass);
        assertThat(landing.checkpoint().position()).as("more follow: no silence yet").isEqualTo(new Drained(DRAINED));
        clock[0] = first.plus(Duration.ofDays(3));
        LaneReader.takePage(pass, last());
        landing.land(pass);
        assertThat(landing.checkpoint().position()).isEqualTo(new Drained(first.minus(FeedPass.OVERLAP)));
    }

    @Test
    void aShortPageIsReadThreeTimes() {
        FeedPass pass = pass(landing, NOW);
        Page page = FakeList.page(List.of(event(1, NOW)), Optional.of("a"));
        LaneReader.takePage(pass, page);
        LaneReader.takePage(pass, page);
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.takePage(pass, page);
        assertThat(pass.isBatchReady()).isTrue();
        assertThat(pass.batchRequests()).isEqualTo(3);
    }

    @Test
    void shortPagesThatDifferAreAFailure() {
        FeedPass pass = pass(landing, NOW);
        LaneReader.takePage(pass, FakeList.page(List.of(event(1, NOW)), Optional.of("a")));
        assertThatThrownBy(() -> LaneReader.takePage(pass,
                FakeList.page(List.of(event(2, NOW)), Optional.of("a")))).isInstanceOf(SyncException.class);
        assertThat(pass.isBatchReady()).isFalse();
    }

    @Test
    void eachPageIsProvenForItself() {
        FeedPass pass = pass(landing, NOW);
        Page first = FakeList.page(List.of(event(1, NOW)), Optional.of("a"));
        Page second = FakeList.page(List.of(event(1, NOW)), Optional.of("b"));
        for (int reading = 0; reading < 3; reading++) {
            LaneReader.takePage(pass, first);
        }
        landing.land(pass);
        LaneReader.takePage(pass, second);
        assertThat(pass.isBatchReady()).isFalse();
    }

    @Test
    void pagesMayNotGoRoundInACircle() {
        FeedPass pass = pass(landing, NOW);
        LaneReader.takePage(pass, full("a", NOW));
        landing.land(pass);
        LaneReader.takePage(pass, full("b", NOW));
        landing.land(pass);
        assertThatThrownBy(() -> LaneReader.takePage(pass, full("a", NOW))).isInstanceOf(SyncException.class);
    }

    /** A page that is read again must number its events as the first time: they would count as others. */
    @Test
    void aPageThatIsReadAgainNumbersItsEventsAsBefore() {
        FeedPass pass = pass(landing, NOW);
        Page page = last(event(1, DRAINED), event(1, DRAINED), event(2, DRAINED));
        LaneReader.takePage(pass, page);
        pass.restartBatch();
        LaneReader.takePage(pass, page);
        landing.land(pass);
        assertThat(landing.events()).extracting(ChangeEvent::occurrence).containsExactly(1, 2, 1);
    }

    @Test
    void numbersGoOnFromPageToPage() {
        FeedPass pass = pass(landing, NOW);
        LaneReader.takePage(pass, full("a", DRAINED));
        landing.land(pass);
        LaneReader.takePage(pass, last(event(1, DRAINED)));
        landing.land(pass);
        assertThat(landing.events().get(1000).occurrence()).isEqualTo(1001);
    }

    @Test
    void anEventNamesItsRecordByThePathOfItsFeed() {
        FeedPass own = pass(landing, NOW);
        ChangeEvent deleted = own.map(new PageRow(STREAM, 0, FakeFeed.event(4, "delete", NOW)));
        assertThat(deleted).isEqualTo(new ChangeEvent(4, "delete", NOW, 1, Optional.of(4L), true, Optional.empty()));
        FeedPass others = new FeedPass(STREAM, "allocations", List.of("customer", "id"), landing.checkpoint(),
                () -> ClockReading.agreed(NOW));
        ObjectNode allocation = FakeFeed.event(9, "delete", NOW);
        assertThat(others.map(new PageRow(STREAM, 0, allocation)).recordId()).isEmpty();
        allocation.putObject("customer").put("id", 5);
        ChangeEvent allocated = others.map(new PageRow(STREAM, 0, allocation));
        assertThat(allocated.recordId()).contains(5L);
        assertThat(allocated.ofRecord()).isFalse();
    }

    @Test
    void anEventWithoutAnOperationIsAnUpdate() {
        ObjectNode event = FakeFeed.event(4, "update", NOW);
        event.remove("operation");
        assertThat(pass(landing, NOW).map(new PageRow(STREAM, 0, event)).operation()).isEqualTo("update");
    }

    /** One event's fault is one event's: the record that it names is asked for all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "9999-12-31T23:59:59Z", "2020-01-01T00:00:00Z"})
    void anOddEventIsSetAsideAndItsRecordIsDueAllTheSame(String processedAt) {
        ObjectNode odd = FakeFeed.event(7, "update", DRAINED).put("processed_at", processedAt);
        Page page = last(event(1, DRAINED), odd, event(2, DRAINED), event(3, DRAINED.plusSeconds(60)));
        MemoryLanding landed = landing(DRAINED);
        FeedPass pass = pass(landed, NOW);
        SyncException failure = catchThrowableOfType(SyncException.class, () -> LaneReader.takePage(pass, page));
        assertThat(pass.isolates(failure)).isTrue();
        pass.isolate(failure);
        LaneReader.takePage(pass, page);
        EventBatch batch = (EventBatch) pass.batch();
        assertThat(batch.events()).extracting(event -> event.recordId().orElseThrow()).containsExactly(1L, 2L, 3L, 7L);
        assertThat(batch.faulty()).singleElement().satisfies(item -> {
            assertThat(item.subject()).isEqualTo("item behind 1");
            assertThat(item.raw()).contains("\"id\":7");
        });
        landed.land(pass);
        assertThat(landed.checkpoint().position()).isEqualTo(new Position.Drained(DRAINED.plusSeconds(60)));
        assertThat(pass.isUnfinished()).isFalse();
    }

    @Test
    void anEventWithoutAnIdIsSetAside() {
        ObjectNode odd = FakeFeed.event(7, "update", DRAINED).putNull("id");
        Page page = last(event(1, DRAINED), odd);
        FeedPass pass = pass(landing(DRAINED), NOW);
        pass.isolate(catchThrowableOfType(SyncException.class, () -> LaneReader.takePage(pass, page)));
        LaneReader.takePage(pass, page);
        assertThat(((EventBatch) pass.batch()).events()).hasSize(1);
        assertThat(((EventBatch) pass.batch()).faulty()).singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo("ITEM_WITHOUT_ID"));
    }

    @Test
    void aPageOfOddEventsIsTheWrongPage() {
        ObjectNode[] odd = LongStream.range(0, 9).mapToObj(id -> FakeFeed.event(id, "update", DRAINED)
                .put("processed_at", "?")).toArray(ObjectNode[]::new);
        FeedPass pass = pass(landing(DRAINED), NOW);
        pass.isolate(catchThrowableOfType(SyncException.class, () -> LaneReader.takePage(pass, last(odd))));
        SyncException again = catchThrowableOfType(SyncException.class, () -> LaneReader.takePage(pass, last(odd)));
        assertThat(pass.isolates(again)).isFalse();
    }

    @Test
    void noRefusalIsTolerated() {
        FeedPass pass = pass(landing, NOW);
        assertThat(pass.tolerates(FailureFacts.at("/x").failure(ApiErrorCode.CHANGELOG_TOO_OLD))).isFalse();
        assertThat(pass.batchRequests()).isEqualTo(1);
        LaneReader.takePage(pass, last(FakeFeed.event(1, "update", DRAINED.plusSeconds(1))));
        landing.land(pass);
        assertThat(pass.batchRequests()).isZero();
    }

    @Test
    void whereNothingIsBehindThePositionNothingIsLanded() {
        FeedPass silent = pass(landing(DRAINED), DRAINED.plusSeconds(60));
        LaneReader.takePage(silent, last());
        assertThat(silent.isBatchReady()).isFalse();
        assertThat(silent.isUnfinished()).isFalse();
        assertThat(silent.isSilent()).isTrue();

        FeedPass lasting = pass(landing(DRAINED), DRAINED.plus(Duration.ofDays(2)));
        LaneReader.takePage(lasting, last());
        assertThat(lasting.isBatchReady()).as("a silence of days moves the position").isTrue();
        assertThat(lasting.isSilent()).isFalse();
    }

    /**
     * Events come in any order of instants, in pages of any size, some with a late appearance, and the drain is broken
     * off anywhere: whatever lies an overlap before the position has been seen, and in the end everything has.
     */
    @Property
    void thePositionPassesNoEventThatWasNotSeen(@ForAll @IntRange(min = 1, max = 7) int pageSize,
            @ForAll Random random) {
        FakeFeed feed = new FakeFeed(pageSize);
        MemoryLanding landed = landing(DRAINED);
        Instant now = NOW;
        long id = 0;
        for (int round = 0; round < 6; round++) {
            for (int n = random.nextInt(8); n > 0; n--) {
                feed.add(++id, appearance(now, random));
            }
            int pages = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(4);
            drain(feed, landed, now, pages);
            now = now.plusSeconds(random.nextInt(round == 3 ? 200_000 : 900));
        }
        drain(feed, landed, now, Integer.MAX_VALUE);
        assertThat(seen(landed)).containsAll(feed.until(Instant.MAX));
    }

    /** In the past by less than the overlap, or, by a clock that goes wrong, in the future. */
    private static Instant appearance(Instant now, Random random) {
        return now.minusSeconds(random.nextInt((int) FeedPass.OVERLAP.toSeconds()))
                .plusSeconds(random.nextInt(10) == 0 ? random.nextInt(100_000) : 0);
    }

    private static void drain(FakeFeed feed, MemoryLanding landed, Instant now, int pages) {
        FeedPass pass = pass(landed, now);
        for (int page = 0; page < pages && pass.isUnfinished(); page++) {
            LaneReader.readBatch(pass, feed::answer);
            if (pass.isSilent()) {
                return;
            }
            // A pass of its own names its batches by its position, as the one before did that was broken off.
            MemoryLanding once = new MemoryLanding(landed.checkpoint());
            once.land(pass);
            landed.took(once);
            Instant reached = ((Drained) landed.checkpoint().position()).processedAt();
            assertThat(reached).isBeforeOrEqualTo(now);
            assertThat(seen(landed).containsAll(feed.until(reached.minus(FeedPass.OVERLAP)))).isTrue();
        }
    }

    private static Set<Long> seen(MemoryLanding landed) {
        return landed.events().stream().map(ChangeEvent::id).collect(Collectors.toSet());
    }

    private static FeedPass pass(MemoryLanding landing, Instant now) {
        return pass(landing, ClockReading.agreed(now));
    }

    private static FeedPass pass(MemoryLanding landing, ClockReading now) {
        return new FeedPass(STREAM, "customers", List.of("id"), landing.checkpoint(), () -> now);
    }

    private static MemoryLanding landing(Instant drained) {
        return new MemoryLanding(new Checkpoint(1, Checkpoint.feed("customers"), PassKind.CHANGES, 3,
                (Position) new Drained(drained)));
    }

    private static ObjectNode event(long id, Instant processedAt) {
        return FakeFeed.event(id, "update", processedAt);
    }

    private static Page last(ObjectNode... events) {
        return FakeList.page(List.of(events), Optional.empty());
    }

    /** A thousand events that say the same. */
    private static Page full(String cursor, Instant processedAt) {
        return FakeList.page(Collections.nCopies(1000, event(1, processedAt)), Optional.of(cursor));
    }
}
