package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The law of a keyset walk, whatever the ids, the pages, the order in which lanes come to read, and what fails. */
class KeysetLawsTest {

    @Property
    void everyIdIsReadOnce(@ForAll @Size(max = 250) Set<@LongRange(min = 1, max = 5000) Long> ids,
            @ForAll @IntRange(min = 1, max = 9) int pageSize, @ForAll Random random) {
        Walk walk = new Walk(FakeList.of(ids), TestStreams.keyset(pageSize), random);
        walk.readToItsEnd(0);
        assertThat(walk.landing.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(walk.landing.checkpoint().position()).isEqualTo(new Position.Ended());
        assertThat(walk.pass.checkpoint()).isEqualTo(walk.landing.checkpoint());
    }

    /** Answers fail, batches come to nothing, and the process stops: what is landed stays read, the rest is read. */
    @Property
    void everyIdIsReadOnceThroughFailuresAndRestarts(
            @ForAll @Size(max = 120) Set<@LongRange(min = 1, max = 5000) Long> ids,
            @ForAll @IntRange(min = 1, max = 9) int pageSize, @ForAll Random random) {
        Walk walk = new Walk(FakeList.of(ids), TestStreams.keyset(pageSize), random);
        walk.readToItsEnd(20);
        assertThat(walk.landing.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(walk.landing.checkpoint().position()).isEqualTo(new Position.Ended());
    }

    /** One walk with all that may befall it. */
    private static final class Walk {

        private final FakeList api;
        private final StreamDefinition stream;
        private final Random random;
        private final MemoryLanding landing;
        private KeysetPass pass;

        private Walk(FakeList api, StreamDefinition stream, Random random) {
            this.api = api;
            this.stream = stream;
            this.random = random;
            this.landing = new MemoryLanding(
                    new Checkpoint(1, stream.name(), PassKind.WALK, 1, Position.Unread.ALL));
            open();
        }

        private void open() {
            pass = new KeysetPass(stream, landing.checkpoint(), new IncludedChild(Optional.empty()), Optional.empty());
        }

        /** @param percent how often a step fails */
        private void readToItsEnd(int percent) {
            while (pass.isUnfinished()) {
                if (random.nextInt(100) < percent) {
                    open();
                }
                List<Lane> lanes = new ArrayList<>(pass.lanes());
                while (!lanes.isEmpty()) {
                    PageLane lane = (PageLane) lanes.get(random.nextInt(lanes.size()));
                    if (!step(lane, random.nextInt(100) < percent)) {
                        lanes.remove(lane);
                    }
                }
            }
        }

        /** @return whether the lane has more to read */
        private boolean step(PageLane lane, boolean fails) {
            if (lane.isBatchReady()) {
                if (fails) {
                    lane.restartBatch();
                } else {
                    landing.land(lane);
                }
                return true;
            }
            if (!lane.isUnfinished() || fails && random.nextInt(5) == 0) {
                return false;
            }
            if (!fails) {
                LaneReader.readPage(lane, this::answer);
            }
            return true;
        }

        /** Not every API knows how to sort from the newest. */
        private Page answer(PageRequest request) {
            if (request.sort().filter("-id"::equals).isPresent() && random.nextInt(4) == 0) {
                SyncException refused = FailureFacts.at(request.path()).failure(ApiErrorCode.BAD_REQUEST);
                throw refused;
            }
            return api.answer(request);
        }
    }
}
