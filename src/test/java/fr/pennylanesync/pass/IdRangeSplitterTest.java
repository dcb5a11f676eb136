package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.checkpoint.IdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdRangeSplitterTest {

    private final IdRangeSplitter splitter = new IdRangeSplitter();

    @Test
    void theNewestIdIsWantedOnceAfterThreePages() {
        readPages(2);
        assertThat(splitter.wantsNewest()).isFalse();
        readPages(1);
        assertThat(splitter.wantsNewest()).isTrue();
        assertThat(splitter.wantsNewest()).isFalse();
    }

    /** Of the first page only its last id is known to be there: what lies before may be another company's. */
    @Test
    void aRangeIsWorthHalvingFromTenPagesOn() {
        splitter.landed(new IdRange(0, 1_000_000L));
        splitter.landed(new IdRange(1_000_000, 1_000_100L));
        splitter.landed(new IdRange(1_000_100, 1_000_200L));
        // 201 ids in three pages: 67 a page.
        splitter.newest(Optional.of(1_000_200L + 670));
        assertThat(splitter.isWorthHalving(List.of(new IdRange(1_000_200, null)))).isTrue();
        splitter.newest(Optional.of(1_000_200L + 669));
        assertThat(splitter.isWorthHalving(List.of(new IdRange(1_000_200, null)))).isFalse();
    }

    @Test
    void whatIsNotKnownIsNotHalved() {
        assertThat(splitter.isWorthHalving(List.of(new IdRange(0, 1_000_000L)))).isFalse();
        readPages(3);
        assertThat(splitter.isWorthHalving(List.of())).isFalse();
        assertThat(splitter.isWorthHalving(List.of(new IdRange(300, null)))).isFalse();
        splitter.newest(Optional.empty());
        assertThat(splitter.isWorthHalving(List.of(new IdRange(300, null)))).isFalse();
    }

    @Test
    void theEndOfAListSaysNothingOfItsSpread() {
        readPages(3);
        splitter.newest(Optional.of(2000L));
        List<IdRange> ranges = List.of(new IdRange(300, null));
        assertThat(splitter.isWorthHalving(ranges)).isTrue();
        splitter.landed(new IdRange(0, null));
        assertThat(splitter.isWorthHalving(ranges)).isTrue();
    }

    @Test
    void theWidestRangeIsHalvedWhereItStands() {
        readPages(3);
        splitter.newest(Optional.of(3000L));
        List<IdRange> ranges =
                new ArrayList<>(List.of(new IdRange(300, 400L), new IdRange(400, 2000L), new IdRange(2000, null)));
        splitter.halveWidest(ranges);
        assertThat(ranges).containsExactly(new IdRange(300, 400L), new IdRange(400, 1200L), new IdRange(1200, 2000L),
                new IdRange(2000, null));
        splitter.halveWidest(ranges);
        assertThat(ranges).containsExactly(new IdRange(300, 400L), new IdRange(400, 1200L), new IdRange(1200, 2000L),
                new IdRange(2000, 2500L), new IdRange(2500, null));
    }

    @Test
    void aRangeThatIsTooNarrowStaysWhole() {
        readPages(3);
        List<IdRange> ranges = new ArrayList<>(List.of(new IdRange(300, 400L)));
        splitter.halveWidest(ranges);
        assertThat(ranges).containsExactly(new IdRange(300, 400L));
    }

    /** Pages of a hundred ids. */
    private void readPages(int pages) {
        for (int page = 0; page < pages; page++) {
            splitter.landed(new IdRange(page * 100L + 1, page * 100L + 101));
        }
    }
}
