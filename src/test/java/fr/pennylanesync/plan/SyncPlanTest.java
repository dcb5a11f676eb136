package fr.pennylanesync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.plan.FakePasses.NamedPass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.stream.TestStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final StreamDefinition PLAIN = TestStreams.keyset(100);
    private static final StreamDefinition FOLLOWED = TestStreams.followed(PLAIN);
    private static final StreamDefinition SHARED = TestStreams.shared(FOLLOWED);
    private static final StreamDefinition SHARE_ONLY = TestStreams.shareOnly("ledger");
    private static final StreamDefinition CHILD = TestStreams.child("contacts", "customers", 10);
    private static final String FEED_FROM_CATCH_UP = "feed customers from 2026-03-01T11:45:00Z";
    private static final String FEED_FROM_NOW = "feed customers from 2026-03-01T12:00:00Z";
    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());
    private static final Duration RARELY = Duration.ofDays(7);
    private static final Duration DAILY = Duration.ofDays(1);

    private final PositionClock clock =
            new PositionClock(InstantSource.fixed(NOW), InstantSource.fixed(NOW), () -> 0);
    private final MemoryLifecycle states = new MemoryLifecycle();
    private final FakePasses passes = new FakePasses();
    private final IdleStreams idle = new IdleStreams(states, CATALOG, new Progress());
    private final MemoryFeeds feeds = new MemoryFeeds();
    private Round round = new Round(Map.of(), Map.of(), () -> 0);

    @Test
    void aNewStreamIsReadThenCaughtUpThenLive() {
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(states.state("customers")).isEqualTo(StreamState.HISTORY);
        assertThat(passes.forgotten).containsExactly("position of customers");
        assertThat(opened(plan)).containsExactly("history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).containsExactly("NEW -> HISTORY of API", "walked and swept", "HISTORY -> CATCH_UP",
                "CATCH_UP -> LIVE", "succeeded");
        assertThat(passes.forgotten).contains("events of customers");
    }

    @Test
    void aStreamWithoutAFeedIsLiveOnceItsRecordsAreRead() {
        assertThat(opened(plan(PLAIN, due()))).containsExactly("history", "records");
        assertThat(states.state("customers")).isEqualTo(StreamState.LIVE);
        states.log().clear();
        StreamDefinition whole = TestStreams.list("journals", ReadStrategy.WHOLE, 100);
        assertThat(opened(plan(whole, due()))).containsExactly("history");
        assertThat(states.log()).containsExactly("NEW -> HISTORY of API", "walked and swept", "HISTORY -> CATCH_UP",
                "CATCH_UP -> LIVE", "succeeded");
    }

    @Test
    void aHistoryThatWasBrokenOffGoesOn() {
        set(FOLLOWED, StreamState.HISTORY);
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly("history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).doesNotContain("NEW -> HISTORY of API");
        assertThat(passes.forgotten).doesNotContain("position of customers");
    }

    @Test
    void aHistoryThatWasReadToItsEndIsNotReadAgain() {
        set(FOLLOWED, StreamState.HISTORY);
        passes.historyRead = true;
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly(FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).startsWith("walked and swept", "HISTORY -> CATCH_UP");
    }

    @Test
    void aCatchUpThatWasBrokenOffGoesOn() {
        set(FOLLOWED, StreamState.CATCH_UP);
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly(FEED_FROM_CATCH_UP, "records");
        assertThat(states.state("customers")).isEqualTo(StreamState.LIVE);
    }

    @Test
    void aLiveStreamReadsWhatChanged() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW);
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(opened(plan)).containsExactly(FEED_FROM_NOW, "records");
        assertThat(plan.childrenToRead()).isEmpty();
        assertThat(states.log()).containsExactly("succeeded");
    }

    @Test
    void behindASilentChangelogNothingIsReadThatIsNotDue() {
        silent(Optional.of(Instant.now()));
        states.set("customers_contacts", states.progress(1, "customers"));
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(opened(plan)).containsExactly(FEED_FROM_NOW);
        assertThat(feeds.touched()).hasSize(1);
        assertThat(states.log()).containsExactly("passed over customers", "passed over customers_contacts");
        assertThat(plan.childrenToRead()).contains(List.of("customers_categories"));
    }

    @Test
    void whatIsDueIsReadAlsoBehindASilentChangelog() {
        silent(Optional.of(Instant.now()));
        states.busy.add("customers");
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(opened(plan)).containsExactly(FEED_FROM_NOW, "records");
        assertThat(plan.childrenToRead()).isEmpty();
        assertThat(states.log()).containsExactly("succeeded");
    }

    @Test
    void aSweepIsDueAlsoBehindASilentChangelog() {
        silent(Optional.empty());
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly(FEED_FROM_NOW, "records", "sweep", "records");
    }

    @Test
    void aPassThatIsAskedForReadsTheRecordsBehindASilentChangelog() {
        silent(Optional.of(Instant.now()));
        assertThat(opened(plan(FOLLOWED, asked(PassKind.CHANGES, false)))).containsExactly(FEED_FROM_NOW, "records");
    }

    private void silent(Optional<Instant> swept) {
        live(FOLLOWED, swept, Optional.empty());
        passes.drained.put("customers", NOW);
        passes.silent = true;
    }

    @Test
    void aSweepIsDueWhenItsIntervalHasPassed() {
        passes.drained.put("customers", NOW);
        live(FOLLOWED, ago(RARELY.minusHours(1)), Optional.empty());
        assertThat(opened(plan(FOLLOWED, due()))).doesNotContain("sweep");
        live(FOLLOWED, ago(RARELY.plusHours(1)), Optional.empty());
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly(FEED_FROM_NOW, "records", "sweep", "records");
        assertThat(states.log()).contains("walked and swept");
        live(FOLLOWED, Optional.empty(), Optional.empty());
        assertThat(opened(plan(FOLLOWED, due()))).as("never swept").contains("sweep");
    }

    @Test
    void whatHasNoFeedIsSweptMoreOften() {
        live(PLAIN, ago(DAILY.minusHours(1)), Optional.empty());
        assertThat(opened(plan(PLAIN, due()))).containsExactly("records");
        live(PLAIN, ago(DAILY.plusHours(1)), Optional.empty());
        assertThat(opened(plan(PLAIN, due()))).containsExactly("records", "sweep", "records");
    }

    /** Rights that came back are to be noticed the same day. */
    @Test
    void aSweepThatWasStoppedIsTriedMoreOften() {
        passes.drained.put("customers", NOW);
        live(FOLLOWED, ago(DAILY.plusHours(1)), Optional.of("30 of 100"));
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(plan.sweepStopped()).contains("30 of 100");
        assertThat(opened(plan)).contains("sweep");
    }

    /** Its first pages were read long ago, and no changelog tells what changed in them since. */
    @Test
    void aSweepThatAnEarlierSyncLeftUnfinishedIsFollowedByAnother() {
        passes.resumable.add(PassKind.SWEEP);
        live(PLAIN, Optional.empty(), Optional.empty());
        SyncPlan plan = plan(PLAIN, due());
        assertThat(finish(plan)).isEqualTo("records");
        assertThat(plan.next()).hasToString("sweep");
        passes.resumable.clear();
        plan.completed();
        assertThat(opened(plan)).containsExactly("sweep", "records");
        passes.resumable.add(PassKind.SWEEP);
        passes.drained.put("customers", NOW);
        live(FOLLOWED, Optional.empty(), Optional.empty());
        assertThat(opened(plan(FOLLOWED, due()))).as("its changelog tells").containsOnlyOnce("sweep");
    }

    @Test
    void aFeedThatNoLongerReachesBackIsAGapAndHealsByANewHistory() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW.minus(FeedPositions.RETENTION).minusSeconds(1));
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(states.log()).containsExactly("LIVE -> GAP", "GAP -> HISTORY of API");
        assertThat(passes.forgotten).containsExactly("position of customers");
        passes.drained.clear();
        assertThat(opened(plan)).containsExactly("history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.state("customers")).isEqualTo(StreamState.LIVE);
    }

    @Test
    void theRetentionItselfIsNoGap() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW.minus(FeedPositions.RETENTION));
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly("feed customers from 2026-02-02T12:00:00Z",
                "records");
    }

    @Test
    void aGapThatAnEarlierSyncLeftIsHealed() {
        set(FOLLOWED, StreamState.GAP);
        assertThat(opened(plan(FOLLOWED, due()))).startsWith("history");
        assertThat(states.state("customers")).isEqualTo(StreamState.LIVE);
    }

    @Test
    void aPositionThatIsAheadOfEveryClockIsAGap() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW.plus(Duration.ofMinutes(5)));
        assertThat(opened(plan(FOLLOWED, due()))).as("less than the overlap")
                .startsWith("feed customers from 2026-03-01T12:05:00Z");
        passes.drained.put("customers", NOW.plus(Duration.ofMinutes(5)).plusSeconds(1));
        SyncPlan plan = plan(FOLLOWED, due());
        passes.drained.clear();
        assertThat(opened(plan)).containsExactly("history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).contains("LIVE -> GAP", "GAP -> HISTORY of API");
    }

    /** Events came from that instant, or the database's clock has gone back since: something speaks for it. */
    @Test
    void aPositionThatIsAheadOfTwoClocksIsAGapIfNothingSpeaksForIt() {
        clock.answered(NOW.plus(Duration.ofHours(1)));
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW.plus(Duration.ofMinutes(55)));
        assertThat(opened(plan(FOLLOWED, due()))).startsWith("feed customers from 2026-03-01T12:55:00Z");
        passes.unfounded.add("customers");
        assertThat(opened(plan(FOLLOWED, due()))).startsWith("history");
    }

    @ParameterizedTest
    @EnumSource(value = StreamState.class, names = {"HISTORY", "CATCH_UP"})
    void aHistoryThatBeganAheadOfNowIsBegunAnew(StreamState state) {
        states.set("customers", new StreamProgress(state, Optional.of(NOW.plus(Duration.ofHours(30))),
                Optional.empty(), Optional.empty(), Source.API));
        assertThat(opened(plan(FOLLOWED, due()))).containsExactly("history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).startsWith(state + " -> GAP", "GAP -> HISTORY of API");
    }

    @Test
    void aHistoryBeginsAtWhatTwoClocksAgreeOn() {
        clock.answered(NOW.plus(Duration.ofHours(30)));
        assertThat(opened(plan(FOLLOWED, due()))).contains(FEED_FROM_CATCH_UP);
    }

    /** This machine and its database were asleep for longer than Pennylane keeps a changelog. */
    @Test
    void aRefusalIsBelievedWithTheClockThatExplainsIt() {
        set(FOLLOWED, StreamState.CATCH_UP);
        clock.answered(NOW.plus(Duration.ofDays(40)));
        SyncPlan plan = plan(FOLLOWED, due());
        assertThat(plan.next()).hasToString(FEED_FROM_CATCH_UP);
        assertThat(plan.gap()).isTrue();
        assertThat(opened(plan)).containsExactly("history", "feed customers from 2026-04-10T11:45:00Z", "records");
        passes.drained.put("customers", NOW.plus(Duration.ofDays(40)));
        passes.unfounded.add("customers");
        states.log().clear();
        opened(plan(FOLLOWED, due()));
        assertThat(states.log()).as("the next sync").doesNotContain("LIVE -> GAP");
    }

    @Test
    void aRefusalOfTheFeedWhileItIsReadIsAGap() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW);
        SyncPlan plan = plan(FOLLOWED, due());
        plan.next();
        assertThat(plan.gap()).isTrue();
        assertThat(plan.isOpen()).isFalse();
        assertThat(opened(plan)).containsExactly("history", FEED_FROM_CATCH_UP, "records");
    }

    /** A history was just read: the feed refuses for another reason, and reading again would never end. */
    @Test
    void aRefusalRightBehindAHistoryIsNoGap() {
        set(FOLLOWED, StreamState.CATCH_UP);
        SyncPlan plan = plan(FOLLOWED, due());
        plan.next();
        assertThat(plan.gap()).isFalse();
        assertThat(states.log()).isEmpty();
        assertThat(plan.isDue()).isTrue();
    }

    @Test
    void aCatchUpThatWaitedTooLongIsAGap() {
        states.set("customers", new StreamProgress(StreamState.CATCH_UP,
                Optional.of(NOW.minus(FeedPositions.RETENTION).minus(Duration.ofDays(1))), Optional.empty(),
                Optional.empty(), Source.API));
        SyncPlan plan = plan(FOLLOWED, due());
        plan.next();
        assertThat(plan.gap()).isTrue();
        assertThat(states.log()).containsExactly("CATCH_UP -> GAP", "GAP -> HISTORY of API");
    }

    @Test
    void aShareIsComparedThenReadThenCaughtUpFromBeforeItsLagThenCompletedFromTheList() {
        passes.share.offered = true;
        SyncPlan plan = plan(SHARED, due());
        assertThat(plan.next()).hasToString("sample");
        passes.share.verdict = Optional.of(IdMatch.SAME);
        plan.completed();
        assertThat(opened(plan)).containsExactly("share history of customers",
                "recount of customers", "feed customers from 2026-02-27T12:00:00Z", "records", "sweep", "records");
        assertThat(states.log()).as("it is live once its records are complete").containsExactly(
                "NEW -> HISTORY of SHARE", "HISTORY -> CATCH_UP", "walked and swept", "CATCH_UP -> LIVE", "succeeded");
    }

    @Test
    void aHistoryOfTheShareThatWasNotCompletedYetIsCompletedByTheNextSync() {
        states.set("customers", new StreamProgress(StreamState.CATCH_UP, Optional.of(NOW), Optional.empty(),
                Optional.empty(), Source.SHARE));
        assertThat(opened(plan(SHARED, due()))).containsExactly("feed customers from 2026-02-27T12:00:00Z", "records",
                "sweep", "records");
        assertThat(states.state("customers")).isEqualTo(StreamState.LIVE);
    }

    @Test
    void aSweepBeforeTheHistoryBeganCompletesNothing() {
        states.set("customers", new StreamProgress(StreamState.CATCH_UP, Optional.of(NOW),
                Optional.of(NOW.minusSeconds(1)), Optional.empty(), Source.SHARE));
        assertThat(opened(plan(SHARED, due()))).contains("sweep");
        states.set("customers", new StreamProgress(StreamState.CATCH_UP, Optional.of(NOW),
                Optional.of(NOW.plusSeconds(1)), Optional.empty(), Source.SHARE));
        assertThat(opened(plan(SHARED, due()))).doesNotContain("sweep");
    }

    @Test
    void aVerdictThatIsKnownIsNotAskedForAgain() {
        passes.share.offered = true;
        passes.share.verdict = Optional.of(IdMatch.SAME);
        assertThat(opened(plan(SHARED, due()))).startsWith("share history of customers");
    }

    @Test
    void withoutAVerdictTheListIsRead() {
        passes.share.offered = true;
        assertThat(opened(plan(SHARED, due()))).containsExactly("sample", "history", FEED_FROM_CATCH_UP, "records");
        assertThat(states.log()).contains("source API", "walked and swept");
    }

    @Test
    void aShareWithOtherIdsIsKeptApartAndTheListIsRead() {
        passes.share.offered = true;
        passes.share.verdict = Optional.of(IdMatch.APART);
        assertThat(opened(plan(SHARED, due()))).containsExactly("history", FEED_FROM_CATCH_UP, "records",
                "share history of share_customers");
        assertThat(states.log()).containsSubsequence("source API", "walked and swept", "HISTORY -> CATCH_UP",
                "CATCH_UP -> LIVE", "apart share_customers", "succeeded");
    }

    /** The list is read; the table that is kept apart is tried again by the next sync, and by none once it is read. */
    @Test
    void aTableKeptApartThatFailsStopsNothingAndIsTriedAgain() {
        passes.share.offered = true;
        passes.share.verdict = Optional.of(IdMatch.APART);
        SyncPlan plan = plan(SHARED, due());
        while (!plan.next().toString().equals("share history of share_customers")) {
            plan.completed();
        }
        assertThat(plan.stoppedApart()).contains("share_customers");
        assertThat(plan.stoppedApart()).as("told by another lane").contains("share_customers");
        assertThat(plan.isDue()).isFalse();
        assertThat(states.log()).endsWith("CATCH_UP -> LIVE", "succeeded");
        passes.drained.put("customers", NOW);
        live(SHARED, Optional.of(Instant.now()), Optional.empty());
        assertThat(opened(plan(SHARED, due()))).endsWith("share history of share_customers");
        states.set("share_customers", new StreamProgress(StreamState.APART, Optional.empty(), Optional.empty(),
                Optional.empty(), Source.API));
        assertThat(opened(plan(SHARED, due()))).doesNotContain("share history of share_customers");
    }

    @Test
    void whatOfTheStreamStopsIsNoTableKeptApart() {
        SyncPlan plan = plan(SHARED, due());
        plan.next();
        assertThat(plan.stoppedApart()).isEmpty();
        assertThat(plan.isDue()).isTrue();
    }

    @Test
    void whatTheShareCountsOtherwiseIsReadAgainAndCountedOnceMore() {
        passes.share.offered = true;
        passes.share.recountDiffers = true;
        assertThat(opened(plan(SHARE_ONLY, due()))).containsExactly("share history of ledger", "recount of ledger",
                "recounted ledger");
    }

    @Test
    void aHistoryThatWasBrokenOffBeforeItWasCountedIsCounted() {
        states.set("customers", new StreamProgress(StreamState.HISTORY, Optional.of(NOW), Optional.empty(),
                Optional.empty(), Source.SHARE));
        passes.share.offered = true;
        passes.historyRead = true;
        assertThat(opened(plan(SHARED, due()))).startsWith("recount of customers").doesNotContain("share history");
    }

    /** What the API said of a record is never replaced by what the share says of it. */
    @Test
    void whereTheApiHasSpokenTheShareIsNotRead() {
        passes.share.offered = true;
        passes.share.apiRows = true;
        passes.share.verdict = Optional.of(IdMatch.SAME);
        assertThat(opened(plan(SHARED, due()))).startsWith("history");
    }

    @Test
    void aHistoryWhoseShareIsGoneGoesOnFromTheList() {
        states.set("customers", new StreamProgress(StreamState.HISTORY, Optional.of(NOW), Optional.empty(),
                Optional.empty(), Source.SHARE));
        assertThat(opened(plan(SHARED, due()))).startsWith("history");
        assertThat(states.log()).startsWith("source API", "walked and swept");
    }

    @Test
    void aHistoryOfTheShareGoesOnThere() {
        passes.share.offered = true;
        passes.share.verdict = Optional.of(IdMatch.SAME);
        states.set("customers", new StreamProgress(StreamState.HISTORY, Optional.of(NOW), Optional.empty(),
                Optional.empty(), Source.SHARE));
        assertThat(opened(plan(SHARED, due()))).startsWith("share history of customers");
    }

    @Test
    void whatOnlyTheShareHasIsLeftOutWhereThereIsNone() {
        SyncPlan plan = plan(SHARE_ONLY, due());
        assertThat(plan.isDue()).isFalse();
        assertThat(states.isKnown("ledger")).isFalse();
        assertThat(states.log()).isEmpty();
    }

    @Test
    void whatOnlyTheShareHasIsSweptThere() {
        passes.share.offered = true;
        assertThat(opened(plan(SHARE_ONLY, due()))).containsExactly("share history of ledger", "recount of ledger");
        assertThat(states.log()).contains("walked and swept", "CATCH_UP -> LIVE");
        live(SHARE_ONLY, Optional.empty(), Optional.empty());
        assertThat(opened(plan(SHARE_ONLY, due()))).containsExactly("share sweep");
        live(SHARE_ONLY, Optional.of(Instant.now()), Optional.empty());
        assertThat(opened(plan(SHARE_ONLY, asked(PassKind.WALK, true)))).containsExactly("share sweep confirmed");
    }

    @Test
    void aPassThatIsAskedForIsReadAlone() {
        live(FOLLOWED, Optional.of(Instant.now()), Optional.empty());
        passes.drained.put("customers", NOW);
        assertThat(opened(plan(FOLLOWED, asked(PassKind.WALK, false)))).containsExactly("walk");
        assertThat(states.log()).containsExactly("walked", "succeeded");
        assertThat(opened(plan(FOLLOWED, asked(PassKind.SWEEP, true)))).containsExactly("sweep confirmed", "records");
        assertThat(opened(plan(FOLLOWED, asked(PassKind.CHANGES, false)))).containsExactly(FEED_FROM_NOW,
                "records");
        assertThat(opened(plan(FOLLOWED, asked(PassKind.HISTORY, false)))).containsExactly("walk");
    }

    @Test
    void aHistoryThatIsAskedForComesFromTheShareWhereIdsMeanTheSame() {
        live(SHARED, Optional.of(Instant.now()), Optional.empty());
        passes.share.offered = true;
        passes.share.verdict = Optional.of(IdMatch.SAME);
        assertThat(opened(plan(SHARED, asked(PassKind.HISTORY, false)))).containsExactly("share history of customers");
        assertThat(states.log()).doesNotContain("walked");
        passes.share.verdict = Optional.of(IdMatch.APART);
        assertThat(opened(plan(SHARED, asked(PassKind.HISTORY, false)))).containsExactly("walk");
        passes.share.verdict = Optional.of(IdMatch.SAME);
        passes.share.offered = false;
        assertThat(opened(plan(SHARED, asked(PassKind.HISTORY, false)))).containsExactly("walk");
    }

    /** What is asked for cannot come before what must come first. */
    @ParameterizedTest
    @EnumSource(PassKind.class)
    void aStreamThatIsNotLiveReadsWhatIsDueWhateverIsAsked(PassKind pass) {
        assertThat(opened(plan(FOLLOWED, asked(pass, true)))).containsExactly("history confirmed",
                FEED_FROM_CATCH_UP, "records");
    }

    @Test
    void recordsAloneAreReadWhereOnlyTheyAreAskedFor() {
        live(FOLLOWED, Optional.empty(), Optional.empty());
        assertThat(opened(plan(FOLLOWED, due().forRecords()))).containsExactly("records");
        StreamDefinition whole = TestStreams.list("journals", ReadStrategy.WHOLE, 100);
        assertThat(plan(whole, due().forRecords()).isDue()).isFalse();
        assertThat(states.log()).endsWith("succeeded", "succeeded");
    }

    @Test
    void monthsAreReadBeforeTheRecords() {
        live(SHARED, Optional.empty(), Optional.empty());
        assertThat(opened(plan(SHARED, SyncRequest.forMonths(List.of("2026-01", ""))))).containsExactly(
                "months [2026-01, ]", "records");
    }

    @Test
    void childrenFollowTheirParent() {
        assertThat(opened(plan(CHILD, due()))).containsExactly("children");
        assertThat(states.log()).containsExactly("follows customers", "walked", "follows customers", "succeeded");
        states.log().clear();
        assertThat(opened(plan(CHILD, asked(PassKind.SWEEP, false)))).containsExactly("children whole");
        assertThat(states.log()).contains("walked and swept");
        assertThat(opened(plan(CHILD, asked(PassKind.WALK, false)))).containsExactly("children");
    }

    @Test
    void aPassThatIsOpenIsReadUntilItEnds() {
        SyncPlan plan = plan(PLAIN, due());
        assertThat(plan.isOpen()).isFalse();
        assertThat(plan.isReading()).isFalse();
        NamedPass pass = (NamedPass) plan.next();
        assertThat(plan.isOpen()).isTrue();
        assertThat(plan.isReading()).isTrue();
        pass.end();
        assertThat(plan.isOpen()).isTrue();
        assertThat(plan.isReading()).isFalse();
        plan.completed();
        assertThat(plan.isOpen()).isFalse();
        assertThat(plan.isDue()).isTrue();
    }

    @Test
    void whatWasStoppedIsLeftToTheNextSync() {
        SyncPlan plan = plan(PLAIN, due());
        plan.next();
        plan.stopped();
        assertThat(plan.isOpen()).isFalse();
        assertThat(plan.isDue()).isFalse();
        assertThat(states.state("customers")).isEqualTo(StreamState.HISTORY);
        assertThat(states.log()).doesNotContain("succeeded");
    }

    @Test
    void theScopeIsTold() {
        assertThat(plan(PLAIN, due()).scope()).isEqualTo("customers");
        StreamDefinition open = new StreamDefinition("open", "For a test.", "/open", Optional.empty(),
                ReadStrategy.CURSOR, true, 10, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(),
                Map.of(), Map.of(), Optional.empty(), true, List.of(), List.of(),
                Optional.empty());
        assertThat(plan(open, due()).scope()).isEqualTo("unknown");
    }

    private SyncPlan plan(StreamDefinition stream, SyncRequest request) {
        round = new Round(states.standings(1), passes.positions(), () -> 0);
        return new SyncPlan(new SyncPlan.Parts(passes, states, idle, clock), 1, stream, round, request);
    }

    /** Opens and ends one pass after the other, and returns what they were. */
    private List<String> opened(SyncPlan plan) {
        List<String> opened = new ArrayList<>();
        while (plan.isDue()) {
            opened.add(finish(plan));
        }
        round.end(1, states, feeds);
        return opened;
    }

    private static String finish(SyncPlan plan) {
        String name = plan.next().toString();
        plan.completed();
        return name;
    }

    private static SyncRequest due() {
        return new SyncRequest(Optional.empty(), false, RARELY, DAILY);
    }

    private static SyncRequest asked(PassKind pass, boolean confirmed) {
        return new SyncRequest(Optional.of(pass), confirmed, RARELY, DAILY);
    }

    private static Optional<Instant> ago(Duration duration) {
        return Optional.of(Instant.now().minus(duration));
    }

    private void set(StreamDefinition stream, StreamState state) {
        states.set(stream.name(), new StreamProgress(state, Optional.of(NOW), Optional.empty(), Optional.empty(),
                Source.API));
    }

    private void live(StreamDefinition stream, Optional<Instant> swept, Optional<String> stopped) {
        states.set(stream.name(), new StreamProgress(StreamState.LIVE, Optional.of(NOW), swept, stopped, Source.API));
    }
}
