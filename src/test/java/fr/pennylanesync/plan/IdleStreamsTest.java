package fr.pennylanesync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sync does not look at streams of which nothing is due, and leaves out no other. */
class IdleStreamsTest {

    private static final long COMPANY = 7;
    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());
    private static final SyncRequest DAILY =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6));
    private static final String LISTED = "journals";
    private static final String WITH_CHANGELOG = "customer_invoices";
    private static final List<String> CHILDREN =
            CATALOG.childrenOf(WITH_CHANGELOG).stream().map(StreamDefinition::name).toList();

    private final MemoryLifecycle states = new MemoryLifecycle();
    private final Progress progress = new Progress();
    private final IdleStreams idle = new IdleStreams(states, CATALOG, progress);

    @BeforeEach
    void everythingIsLive() {
        CATALOG.names().forEach(name -> live(name, Instant.now()));
    }

    private void live(String stream, Instant sweptAt) {
        states.set(stream, new StreamProgress(StreamState.LIVE, Optional.of(Instant.EPOCH), Optional.of(sweptAt),
                Optional.empty(), Source.API));
    }

    private List<String> toRead(SyncRequest request, boolean isShared) {
        Round round = round();
        List<String> read = idle.toRead(COMPANY, List.of(stream(LISTED), stream(WITH_CHANGELOG)), round, request,
                stream -> isShared).stream().map(StreamDefinition::name).toList();
        round.end(COMPANY, states, new MemoryFeeds());
        return read;
    }

    private Round round() {
        return new Round(states.standings(COMPANY), Map.of(), () -> 0);
    }

    private static StreamDefinition stream(String name) {
        return CATALOG.find(name).orElseThrow();
    }

    @Test
    void aStreamWithoutAChangelogIsPassedOverUntilItsNextWalk() {
        assertThat(toRead(DAILY, false)).containsExactly(WITH_CHANGELOG);
        assertThat(states.log()).containsExactly("passed over " + LISTED);
        assertThat(progress.isComplete(COMPANY, LISTED)).isTrue();

        live(LISTED, Instant.now().minus(Duration.ofHours(6)));
        assertThat(toRead(DAILY, false)).containsExactly(LISTED, WITH_CHANGELOG);
    }

    @Test
    void whatHasSomethingDueIsRead() {
        states.busy.add(LISTED);

        assertThat(toRead(DAILY, false)).containsExactly(LISTED, WITH_CHANGELOG);
        assertThat(states.log()).isEmpty();
    }

    /** It is read by the next round, and is not up to date before. */
    @Test
    void whatBecameDueMeanwhileIsNotNoted() {
        Round round = round();
        idle.toRead(COMPANY, List.of(stream(LISTED), stream(WITH_CHANGELOG)), round, DAILY, stream -> false);
        states.busy.add(LISTED);

        round.end(COMPANY, states, new MemoryFeeds());

        assertThat(states.log()).isEmpty();
    }

    @Test
    void whatIsNotLiveIsRead() {
        states.set(LISTED, StreamProgress.NEW);

        assertThat(toRead(DAILY, false)).containsExactly(LISTED, WITH_CHANGELOG);
    }

    @Test
    void whatWasAskedForIsRead() {
        SyncRequest sweep =
                new SyncRequest(Optional.of(PassKind.SWEEP), false, Duration.ofDays(7), Duration.ofHours(6));

        assertThat(toRead(sweep, false)).containsExactly(LISTED, WITH_CHANGELOG);
        assertThat(idle.childrenToRead(COMPANY, WITH_CHANGELOG, sweep)).isEqualTo(CHILDREN);
        assertThat(states.log()).isEmpty();
    }

    @Test
    void aRoundWithoutAnyStreamWouldAskForNothingThatFollows() {
        assertThat(idle.toRead(COMPANY, List.of(stream(LISTED)), round(), DAILY, stream -> false)).hasSize(1);
    }

    @Test
    void onlyChildrenWithSubListsDueAreRead() {
        states.busy.add(CHILDREN.get(0));

        assertThat(idle.childrenToRead(COMPANY, WITH_CHANGELOG, DAILY)).containsExactly(CHILDREN.get(0));
        assertThat(states.log()).hasSize(CHILDREN.size() - 1)
                .allMatch(note -> note.startsWith("passed over "));
        assertThat(progress.isComplete(COMPANY, CHILDREN.get(1))).isTrue();
    }

    @Test
    void childrenFollowAParentThatIsNotLive() {
        states.set(WITH_CHANGELOG, StreamProgress.NEW);

        assertThat(idle.childrenToRead(COMPANY, WITH_CHANGELOG, DAILY)).isEqualTo(CHILDREN);
    }
}
