package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Slice;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DateSlicePaginatorTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final StreamDefinition SLICED = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, 2);
    private static final PageRequest LIST = PageRequest.of("/transactions", 2).sortedBy("id");

    @Test
    void theFirstSliceHasNoBeginningAndTheLastNoEnd() {
        LocalDate oldest = LocalDate.of(2016, 1, 1);
        DateSlicePaginator first = paginator(DateRange.ALL, 365);
        assertThat(first.request()).isEqualTo(LIST.where(Condition.of("date", Operator.LT, oldest)));
        assertThat(behind(first)).isEqualTo(new Slice(oldest, 365, 0));
        DateSlicePaginator last = since(TODAY.minusDays(9), 10);
        assertThat(last.request()).isEqualTo(LIST.where(Condition.of("date", Operator.GTEQ, TODAY.minusDays(9))));
        assertThat(behind(last)).isEqualTo(new Position.Ended());
        DateSlicePaginator beforeLast = since(TODAY.minusDays(10), 10);
        assertThat(beforeLast.request()).isEqualTo(between(TODAY.minusDays(10), TODAY));
        assertThat(behind(beforeLast)).isEqualTo(new Slice(TODAY, 20, 0));
    }

    @Test
    void aRangeWithAnEndIsReadUpToThere() {
        LocalDate from = LocalDate.of(2020, 1, 1);
        DateSlicePaginator paginator = paginator(new DateRange(from, from.plusDays(25)), 10);
        assertThat(paginator.slice()).isEqualTo(new DateRange(from, from.plusDays(10)));
        paginator.advance(false, Optional.empty());
        assertThat(paginator.request()).isEqualTo(between(from.plusDays(10), from.plusDays(25)));
        assertThat(paginator.isEnded()).isFalse();
        paginator.advance(false, Optional.empty());
        assertThat(paginator.isEnded()).isTrue();
    }

    @Test
    void slicesGrowWhileTheyAreNearlyEmptyAndShrinkWhenTheyAreLong() {
        assertThat(daysAfter(100, 0)).isEqualTo(200);
        assertThat(daysAfter(100, 1)).isEqualTo(100);
        assertThat(daysAfter(100, 9)).isEqualTo(100);
        assertThat(daysAfter(100, 10)).isEqualTo(50);
        assertThat(daysAfter(3000, 0)).isEqualTo(3650);
        assertThat(daysAfter(8, 10)).isEqualTo(7);
    }

    private static int daysAfter(int days, int pagesBefore) {
        DateSlicePaginator paginator = paginator(new DateRange(LocalDate.of(2010, 1, 1), null, pagesBefore), days);
        return ((Slice) behind(paginator)).days();
    }

    @Test
    void withinASliceTheCursorGoesOn() {
        DateSlicePaginator paginator = since(LocalDate.of(2020, 1, 1), 30);
        Page page = FakeList.pageBefore("a", 1, 2);
        assertThat(paginator.isResumable()).isTrue();
        assertThat(paginator.endsUnproven(page)).isFalse();
        assertThat(paginator.endsUnproven(FakeList.lastPage(1))).isTrue();
        paginator.advance(true, page.nextCursor());
        assertThat(paginator.isResumable()).isFalse();
        assertThat(paginator.request().cursor()).contains("a");
        assertThat(paginator.position()).isEqualTo(new Slice(LocalDate.of(2020, 1, 1), 30, 1));
        paginator.advance(false, Optional.empty());
        assertThat(paginator.isResumable()).isTrue();
        assertThat(paginator.request().cursor()).isEmpty();
    }

    /** An API that names a cursor beside its last page does not mean the next slice by it. */
    @Test
    void theCursorOfOneSliceIsNoneOfTheNext() {
        DateSlicePaginator paginator = since(LocalDate.of(2020, 1, 1), 30);
        paginator.advance(false, Optional.of("stale"));
        assertThat(paginator.request().cursor()).isEmpty();
    }

    @Test
    void aSliceIsHalvedDownToOneDay() {
        DateSlicePaginator paginator = since(LocalDate.of(2020, 1, 1), 5);
        paginator.advance(true, Optional.of("a"));
        assertThat(List.of(paginator.narrow(), paginator.narrow(), paginator.narrow()))
                .containsExactly(true, true, false);
        assertThat(paginator.slice())
                .isEqualTo(new DateRange(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), 3));
        assertThat(paginator.request().cursor()).isEmpty();
        assertThat(paginator(DateRange.ALL, 365).narrow()).as("nobody knows how many days it has").isFalse();
    }

    @Test
    void halfOfWhatIsLeftIsGivenAwayButNothingOfTheSliceUnderWay() {
        LocalDate from = LocalDate.of(2020, 1, 1);
        DateSlicePaginator paginator = paginator(new DateRange(from, from.plusDays(30)), 10);
        assertThat(paginator.daysBehind()).isEqualTo(20);
        assertThat(paginator.giveAway()).contains(new DateRange(from.plusDays(20), from.plusDays(30)));
        assertThat(paginator.slice()).isEqualTo(new DateRange(from, from.plusDays(10)));
        assertThat(paginator.giveAway()).as("ten days are left").isEmpty();
        paginator.advance(false, Optional.empty());
        assertThat(paginator.slice().before()).isEqualTo(from.plusDays(20));
        paginator.advance(false, Optional.empty());
        assertThat(paginator.isEnded()).isTrue();
        assertThat(paginator.giveAway()).isEmpty();
        assertThat(since(TODAY.minusDays(5), 10).daysBehind()).as("the last slice has no end").isZero();
    }

    @Test
    void onlyAListWithADateIsSliced() {
        StreamDefinition undated = TestStreams.list("journals", ReadStrategy.CURSOR, 2);
        assertThatThrownBy(() -> new DateSlicePaginator(undated, DateRange.ALL, 365, TODAY))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("journals");
    }

    /** Ends the slice, and returns where the paginator stands then. */
    private static Position behind(DateSlicePaginator paginator) {
        paginator.advance(false, Optional.empty());
        return paginator.isEnded() ? new Position.Ended() : paginator.position();
    }

    private static PageRequest between(LocalDate from, LocalDate before) {
        return LIST.where(Condition.of("date", Operator.GTEQ, from)).where(Condition.of("date", Operator.LT, before));
    }

    private static DateSlicePaginator since(LocalDate from, int days) {
        return paginator(new DateRange(from, null), days);
    }

    private static DateSlicePaginator paginator(DateRange range, int days) {
        return new DateSlicePaginator(SLICED, range, days, TODAY);
    }
}
