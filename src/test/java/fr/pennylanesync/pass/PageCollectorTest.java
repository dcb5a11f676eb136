package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.IncludedList;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageCollectorTest {

    private static final StreamDefinition STREAM = TestStreams.keyset(2);
    private static final StreamDefinition CHILD = TestStreams.child("contacts", "customers", 10);
    private static final PageRequest PAGED = PageRequest.of("/customers", 2);
    private static final PageRequest WHOLE = PageRequest.whole("/customers");

    private final PageCollector collector = new PageCollector(STREAM, new IncludedChild(Optional.empty()));

    @Test
    void aFullPageIsTakenAtOnce() {
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        assertThat(collector.page()).contains(FakeList.pageBefore("a", 1, 2));
        assertThat(collector.requests()).isEqualTo(1);
    }

    /** More follow and the page is not full: it says itself that it is not whole. */
    @Test
    void aShortPageIsTakenWhenThreeReadingsSayTheSame() {
        Page shortPage = FakeList.pageBefore("a", 1);
        assertTakenAfter(3, PAGED, shortPage, false);
        assertThat(batch().records()).extracting(StreamRecord::id).containsExactly(1L);
        assertThat(batch().requestsUsed()).isEqualTo(3);
    }

    @Test
    void anEndThatNothingProvesIsReadTwice() {
        assertTakenAfter(2, PAGED, FakeList.lastPage(1), true);
    }

    @Test
    void aListWithoutPagesIsReadThreeTimes() {
        assertTakenAfter(3, WHOLE, FakeList.lastPage(1), true);
    }

    @Test
    void readingsThatDifferFailAndTheLastOneStands() {
        give(PAGED, FakeList.lastPage(1), true);
        assertThatThrownBy(() -> give(PAGED, FakeList.lastPage(2), true)).isInstanceOf(SyncException.class);
        assertThat(collector.page()).isEmpty();
        give(PAGED, FakeList.lastPage(2), true);
        assertThat(collector.page()).contains(FakeList.lastPage(2));
    }

    @Test
    void eachPageIsProvenForItself() {
        give(PAGED, FakeList.lastPage(1), true);
        give(PAGED, FakeList.lastPage(1), true);
        collector.landed(false);
        assertTakenAfter(2, PAGED, FakeList.lastPage(1), true);
    }

    @Test
    void aCheckedPageIsTakenOnce() {
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        collector.drop();
        collector.take(List.of());
        assertThat(collector.page()).isEmpty();
    }

    @Test
    void checkingAPageLetsGoOfTheOneBefore() {
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        collector.check(PAGED, FakeList.pageBefore("a", 1, 2), false);
        assertThat(collector.page()).isEmpty();
    }

    @Test
    void pagesOfOneListMayNotRepeatEachOthersCursorOrIds() {
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        collector.landed(true);
        assertThat(collector.page()).isEmpty();
        assertThat(collector.requests()).isZero();
        assertThatThrownBy(() -> give(PAGED, FakeList.lastPage(2, 3), false)).isInstanceOf(SyncException.class);
        assertThatThrownBy(() -> give(PAGED, FakeList.pageBefore("a", 3, 4), false)).isInstanceOf(SyncException.class);
    }

    @Test
    void anotherListMayHoldTheSameIds() {
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        collector.landed(false);
        give(PAGED, FakeList.pageBefore("a", 1, 2), false);
        assertThat(collector.page()).isPresent();
    }

    @Test
    void onlyARefusalOfWhatComesAlongIsTolerated() {
        assertThat(collector.tolerates(refusal(ApiErrorCode.BAD_REQUEST))).isFalse();
        assertThat(collector.requests()).isEqualTo(1);
        PageCollector including = including();
        assertThat(including.asking(PAGED).include()).contains("contacts");
        assertThat(including.tolerates(refusal(ApiErrorCode.SERVER_ERROR))).isFalse();
        assertThat(including.tolerates(refusal(ApiErrorCode.BAD_REQUEST))).isTrue();
        assertThat(including.asking(PAGED).include()).isEmpty();
    }

    @Test
    void rowsOfSubListsFollowThoseOfThePage() {
        PageCollector including = including();
        including.asking(PAGED);
        Map<Long, IncludedList> lists = new LinkedHashMap<>();
        lists.put(1L, new IncludedList(List.of(FakeList.item(8), FakeList.item(9)), false));
        lists.put(2L, new IncludedList(List.of(FakeList.item(10)), true));
        List<PageRow> rows =
                including.check(PAGED, FakeList.including(FakeList.pageBefore("a", 1, 2), lists), false);
        assertThat(rows).extracting(PageRow::stream).containsExactly(STREAM, STREAM, CHILD, CHILD, CHILD);
        assertThat(rows).extracting(PageRow::parentId).containsExactly(0L, 0L, 1L, 1L, 2L);
        including.take(mapped(rows));
        RecordBatch batch = including.batch(checkpoint(), new Advance.To(new Position.Ended()));
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(1L, 2L);
        assertThat(batch.included()).singleElement().satisfies(along -> {
            assertThat(along.records()).extracting(StreamRecord::id).containsExactly(8L, 9L, 10L);
            assertThat(along.wholeParents()).containsExactly(1L);
        });
    }

    @Test
    void aSubListOfARecordThatIsNotOnThePageDoesNotCount() {
        PageCollector including = including();
        including.asking(PAGED);
        Map<Long, IncludedList> lists = new LinkedHashMap<>();
        lists.put(7L, new IncludedList(List.of(), false));
        lists.put(2L, new IncludedList(List.of(FakeList.item(10)), false));
        lists.put(8L, new IncludedList(List.of(FakeList.item(11)), false));
        List<PageRow> rows =
                including.check(PAGED, FakeList.including(FakeList.pageBefore("a", 1, 2), lists), false);
        including.take(mapped(rows));
        assertThat(including.batch(checkpoint(), new Advance.To(new Position.Ended())).included()).singleElement()
                .satisfies(along -> {
                    assertThat(along.records()).extracting(StreamRecord::parentId).containsExactly(2L);
                    assertThat(along.wholeParents()).containsExactly(2L);
                });
    }

    @Test
    void whereNothingCameAlongNoSubListIsTold() {
        PageCollector including = including();
        including.asking(PAGED);
        including.take(mapped(including.check(PAGED, FakeList.pageBefore("a", 1, 2), false)));
        assertThat(including.batch(checkpoint(), new Advance.To(new Position.Ended())).included()).isEmpty();
    }

    @Test
    void aRowSaysNothingOfWhatItHolds() {
        assertThat(new PageRow(STREAM, 0, FakeList.item(1))).hasToString("PageRow[customers]");
    }

    private void assertTakenAfter(int readings, PageRequest request, Page page, boolean endsUnproven) {
        for (int reading = 1; reading <= readings; reading++) {
            assertThat(collector.page()).isEmpty();
            give(request, page, endsUnproven);
        }
        assertThat(collector.page()).contains(page);
    }

    private void give(PageRequest request, Page page, boolean endsUnproven) {
        collector.take(mapped(collector.check(request, page, endsUnproven)));
    }

    private static List<StreamRecord> mapped(List<PageRow> rows) {
        return rows.stream().map(row -> RecordMapper.map(row.stream(), row.parentId(), row.item())).toList();
    }

    private RecordBatch batch() {
        return collector.batch(checkpoint(), new Advance.To(new Position.Ended()));
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(1, "customers", PassKind.WALK, 1, new Position.Pages(0));
    }

    private static PageCollector including() {
        return new PageCollector(STREAM, new IncludedChild(Optional.of(CHILD)));
    }

    private static SyncException refusal(ApiErrorCode code) {
        return FailureFacts.at("/customers").failure(code);
    }
}
