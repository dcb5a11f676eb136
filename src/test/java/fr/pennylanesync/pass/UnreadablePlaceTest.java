package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One record that makes every page fail in which it stands keeps no other of a list behind a cursor from landing. */
class UnreadablePlaceTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final long RECORDS = 40;
    private static final int REQUESTS_MAX = 300;
    private static final StreamDefinition CURSOR = TestStreams.list("journals", ReadStrategy.CURSOR, 7);
    private static final StreamDefinition WHOLE = TestStreams.list("journals", ReadStrategy.WHOLE, 100);
    private static final StreamDefinition SLICED = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, 7);

    private final FakeList api = new FakeList();
    private final Set<Long> poison = new HashSet<>();
    private boolean away;
    private int requests;
    private MemoryLanding landing;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 8, 20, 39, 40})
    void theOthersOfAListLandAndThePlaceIsSetAside(long faulty) {
        records();
        poison.add(faulty);

        read(list(CURSOR));

        assertOthersLanded();
        assertThat(setAside()).singleElement().satisfies(item -> {
            assertThat(item.isBetween()).isTrue();
            assertThat(item.reason()).isEqualTo("SERVER_ERROR");
            assertThat(item.subject()).isEqualTo("between " + (faulty - 1) + " and "
                    + (faulty == RECORDS ? "the end" : faulty + 1));
        });
        assertThat(landing.checkpoint().isEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "8, 9", "20, 33", "2, 39"})
    void betweenTwoOfThemNothingIsReadAndAllElseLands(long first, long second) {
        records();
        poison.addAll(Set.of(first, second));

        read(list(CURSOR));

        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(LongStream.rangeClosed(1, RECORDS)
                .filter(id -> id < first || id > second).boxed().toList());
        assertThat(setAside()).extracting(SetAside::subject).containsExactly("between " + (first - 1) + " and "
                + (second + 1));
    }

    /** Records of one day are told apart by their ids alone; those of different days by their days. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 20, 33, 40})
    void theOthersOfASliceLand(long faulty) {
        dated();
        poison.add(faulty);

        read(sliced());

        assertOthersLanded();
        assertThat(setAside()).hasSize(1);
    }

    @Test
    void severalInSlicesKeepNothingOfOtherDaysFromLanding() {
        dated();
        poison.addAll(Set.of(5L, 20L, 21L, 33L));

        read(sliced());

        assertOthersLanded();
        assertThat(setAside()).hasSize(4);
    }

    @Test
    void aServerThatIsAwayIsNotTakenForABadRecord() {
        records();
        ListPass pass = list(CURSOR);
        away = true;

        assertThatThrownBy(() -> read(pass)).isInstanceOf(SyncException.class);

        assertThat(landing.batches()).isEmpty();
        away = false;
        read(pass);
        assertOthersLanded();
        assertThat(setAside()).isEmpty();
    }

    @Test
    void aRecordThatIsMendedMeanwhileLands() {
        records();
        poison.add(20L);
        ListPass pass = list(CURSOR);
        while (!pass.request().sort().equals(Optional.of("-id")) || pass.request().limit() == 1) {
            readPage(pass);
            land(pass);
        }
        poison.clear();

        read(pass);

        assertThat(new TreeSet<>(landing.ids())).hasSize((int) RECORDS);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void aListInOneAnswerHasNoOtherEnd() {
        records();
        poison.add(20L);

        assertThatThrownBy(() -> read(list(WHOLE))).isInstanceOf(SyncException.class);
    }

    private void records() {
        LongStream.rangeClosed(1, RECORDS).forEach(api::add);
    }

    /** A few of a day, some days apart. */
    private void dated() {
        LongStream.rangeClosed(1, RECORDS)
                .forEach(id -> api.add(id).put("date", TODAY.minusDays(400 - id / 3 * 5).toString()));
        poisonFree(20, 100);
        poisonFree(21, 90);
        poisonFree(33, 80);
    }

    private void poisonFree(long id, int daysAgo) {
        api.add(id).put("date", TODAY.minusDays(daysAgo).toString());
    }

    private ListPass list(StreamDefinition stream) {
        landing = new MemoryLanding(new Checkpoint(1, stream.name(), PassKind.WALK, 1, new Position.Pages(0)));
        return new ListPass(stream, landing.checkpoint(), new CursorPaginator(stream),
                new IncludedChild(Optional.empty()), Optional.empty());
    }

    private Pass sliced() {
        landing = new MemoryLanding(
                new Checkpoint(1, SLICED.name(), PassKind.WALK, 1, Position.UnreadDates.ALL));
        return new DateSlicesPass(SLICED, landing.checkpoint(), new IncludedChild(Optional.empty()), Optional.empty(),
                TODAY);
    }

    private void read(Pass pass) {
        while (pass.isUnfinished()) {
            pass.lanes().forEach(lane -> readLane((PageLane) lane));
        }
        assertThat(requests).isLessThan(REQUESTS_MAX);
    }

    private void readLane(PageLane lane) {
        while (lane.isUnfinished()) {
            readPage(lane);
            land(lane);
        }
    }

    private void land(PageLane lane) {
        if (lane.isBatchReady()) {
            landing.land(lane);
        }
    }

    /** As the policy does: a failure that repeats is given to the lane. */
    private void readPage(PageLane lane) {
        try {
            LaneReader.takePage(lane, answer(lane.request()));
        } catch (SyncException failure) {
            if (!lane.isolates(failure)) {
                throw failure;
            }
            lane.isolate(failure);
        }
    }

    private Page answer(PageRequest request) {
        requests++;
        Page page = api.answer(request);
        boolean fails = page.items().stream().anyMatch(item -> poison.contains(item.path("id").longValue()));
        if (away || fails) {
            throw FailureFacts.at(request.path()).failure(ApiErrorCode.SERVER_ERROR);
        }
        return page;
    }

    private void assertOthersLanded() {
        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(LongStream.rangeClosed(1, RECORDS)
                .filter(id -> !poison.contains(id)).boxed().toList());
        assertThat(landing.checkpoint().isEnded()).isTrue();
    }

    private List<SetAside> setAside() {
        return landing.batches().stream().flatMap(batch -> ((RecordBatch) batch).withheld().faulty().stream())
                .toList();
    }
}
