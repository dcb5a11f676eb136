package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointErrorCode;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DateSlicesPassTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final int PAGE = 10;
    private static final StreamDefinition STREAM = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, PAGE);

    private final FakeList api = new FakeList();
    private MemoryLanding landing = landing(STREAM, 1, Position.UnreadDates.ALL);

    /**
     * Whatever the dates, whichever lane goes on, and wherever it is broken off: no record falls between two slices,
     * and none lies beyond both ends. Without a break none is read twice but those of the slice that was shared out.
     */
    @Property
    void slicesOfDatesMissNoRecord(@ForAll @Size(max = 120) List<@IntRange(min = -8000, max = 500) Integer> days,
            @ForAll @IntRange(min = 1, max = 5) int pageSize, @ForAll boolean breaks, @ForAll Random random) {
        StreamDefinition stream = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, pageSize);
        FakeList list = new FakeList();
        for (int i = 0; i < days.size(); i++) {
            list.add(i + 1).put("date", TODAY.plusDays(days.get(i)).toString());
        }
        MemoryLanding landed = landing(stream, 1, Position.UnreadDates.ALL);
        TreeSet<Long> seen = new TreeSet<>();
        int rows = 0;
        for (int run = 1; !landed.checkpoint().isEnded(); run++) {
            Position.UnreadDates left = (Position.UnreadDates) landed.checkpoint().position();
            landed = landing(stream, run, left.begun());
            read(pass(stream, landed), list, landed, random, breaks ? 12 * run : Integer.MAX_VALUE);
            seen.addAll(landed.ids());
            rows += landed.ids().size();
        }
        assertThat(seen).containsExactlyElementsOf(list.ids());
        if (!breaks) {
            assertThat(rows).isLessThanOrEqualTo(days.size() + pageSize * DateSlicesPass.PAGES_BEFORE_SHARING);
        }
    }

    /** Lets any of the lanes go on, so many times. */
    private static void read(DateSlicesPass pass, FakeList list, MemoryLanding landed, Random random, int steps) {
        int done = 0;
        while (pass.isUnfinished()) {
            List<PageLane> lanes = new ArrayList<>(pass.lanes().stream().map(PageLane.class::cast).toList());
            while (!lanes.isEmpty()) {
                if (done++ == steps) {
                    return;
                }
                PageLane lane = lanes.get(random.nextInt(lanes.size()));
                LaneReader.step(lane, list::answer, landed);
                lanes.removeIf(one -> !one.isUnfinished());
            }
        }
    }

    @Test
    void aShortListIsReadByOneReaderInAsFewSlicesAsBefore() {
        records(4 * PAGE, TODAY.minusDays(300), 1);
        DateSlicesPass pass = pass(STREAM, landing);
        readAlone(pass);
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(landing.ids()).isEqualTo(api.ids());
        assertThat(api.requests().stream().map(request -> request.conditions()).distinct())
                .as("before 2016, 2016, 2017 and 2018, four years, the rest").hasSize(5);
    }

    @Test
    void aLongListIsSharedOutAmongFourLanes() {
        records(100 * PAGE, TODAY.minusDays(1000), 1);
        DateSlicesPass pass = pass(STREAM, landing);
        PageLane alone = readAlone(pass);
        assertThat(alone.isUnfinished()).isFalse();
        assertThat(pass.isUnfinished()).isTrue();
        List<DateRange> slices = pass.lanes().stream().map(lane -> ((DateSliceLane) lane).slices().slice()).toList();
        assertThat(slices).hasSize(KeysetPass.LANES);
        assertThat(slices.get(0).pages()).as("it is named as it was").isEqualTo(DateSlicesPass.PAGES_BEFORE_SHARING);
        read(pass, api, landing, new Random(1), Integer.MAX_VALUE);
        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(api.ids());
        assertThat(landing.ids()).hasSize((100 + DateSlicesPass.PAGES_BEFORE_SHARING) * PAGE);
    }

    @Test
    void alsoAListOfOldRecordsIsSharedOut() {
        records(60 * PAGE, TODAY.minusYears(15), 60);
        DateSlicesPass pass = pass(STREAM, landing);
        readAlone(pass);
        List<DateRange> slices = pass.lanes().stream().map(lane -> ((DateSliceLane) lane).slices().slice()).toList();
        assertThat(slices).hasSize(KeysetPass.LANES);
        assertThat(slices.get(0).from()).isNull();
        read(pass, api, landing, new Random(1), Integer.MAX_VALUE);
        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(api.ids());
    }

    /** All records lie in the days of the last lane: the others read them with it. */
    @Test
    void whoHasReadHisOwnTakesHalfOfWhatAnotherHasLeft() {
        records(60 * PAGE, TODAY.minusDays(300), 2);
        LocalDate middle = TODAY.minusDays(400);
        landing = landing(STREAM, 1,
                new Position.UnreadDates(List.of(new DateRange(middle.minusDays(30), middle),
                        new DateRange(middle, null))));
        DateSlicesPass pass = pass(STREAM, landing);
        List<PageLane> lanes = pass.lanes().stream().map(PageLane.class::cast).toList();
        PageLane first = lanes.get(0);
        LocalDate own = ((DateSliceLane) first).slices().slice().before();
        while (((DateSliceLane) first).slices().slice().from().isBefore(own)) {
            LaneReader.step(first, api::answer, landing);
        }
        assertThat(first.isUnfinished()).isTrue();
        LaneReader.readAll(first, api::answer, landing);
        assertThat(landing.ids()).as("read by the lane that had none of its own").hasSizeGreaterThan(20 * PAGE);
        read(pass, lanes);
        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(api.ids());
        assertThat(landing.ids()).as("none is read twice").hasSize(60 * PAGE);
        assertThat(pass.isUnfinished()).isFalse();
    }

    private void read(DateSlicesPass pass, List<PageLane> lanes) {
        lanes.forEach(lane -> LaneReader.readAll(lane, api::answer, landing));
        read(pass, api, landing, new Random(1), Integer.MAX_VALUE);
    }

    @Test
    void aSliceThatSomebodyElseLandedIsNotLandedAgain() {
        DateRange slice = new DateRange(LocalDate.of(2020, 1, 1), LocalDate.of(2021, 1, 1));
        Checkpoint after = new Checkpoint(7, "transactions", PassKind.WALK, 1,
                new Position.UnreadDates(List.of(new DateRange(LocalDate.of(2021, 1, 1), null))));
        for (Advance advance : List.of(new Advance.InSlice(slice, false), new Advance.InSlice(slice, true))) {
            assertThatThrownBy(() -> advance.from(after)).isInstanceOfSatisfying(SyncException.class,
                    moved -> assertThat(moved.code()).isEqualTo(CheckpointErrorCode.CHECKPOINT_MOVED));
            assertThatThrownBy(() -> advance.from(after.at(new Position.Ended()))).isInstanceOf(SyncException.class);
        }
    }

    private PageLane readAlone(DateSlicesPass pass) {
        assertThat(pass.lanes()).hasSize(1);
        PageLane lane = (PageLane) pass.lanes().get(0);
        LaneReader.readAll(lane, api::answer, landing);
        return lane;
    }

    /** @param daysApart a page has so many days */
    private void records(int number, LocalDate first, int daysApart) {
        for (int i = 0; i < number; i++) {
            api.add(i + 1).put("date", first.plusDays((long) i / PAGE * daysApart).toString());
        }
    }

    private static DateSlicesPass pass(StreamDefinition stream, MemoryLanding landing) {
        return new DateSlicesPass(stream, landing.checkpoint(), new IncludedChild(Optional.empty()), Optional.empty(),
                TODAY);
    }

    private static MemoryLanding landing(StreamDefinition stream, int run, Position start) {
        return new MemoryLanding(new Checkpoint(1, stream.name(), PassKind.WALK, run, start));
    }
}
