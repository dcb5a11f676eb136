package fr.pennylanesync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.table.TableDigests.Row;
import fr.pennylanesync.share.RowHashes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MonthComparisonTest {

    private static final Row OF_API = new Row(11, true, false, false, true);
    private static final Row OF_SHARE = new Row(11, true, false, false, false);

    @Test
    void rowsThatTheShareIsKnownToLeaveOutAreNotTooMany() {
        MonthComparison unknown = comparison(Map.of(1L, 11L), Map.of(1L, OF_API, 2L, OF_API), false, Set.of());
        assertThat(unknown.surplus()).isEqualTo(1);
        assertThat(unknown.unshared()).containsExactly(2L);
        assertThat(unknown.forApi(true)).containsExactly(2L);
        assertThat(unknown.forApi(false)).as("around a sweep that stands stopped").isEmpty();
        MonthComparison known =
                comparison(Map.of(1L, 11L), Map.of(1L, OF_API, 2L, OF_API), false, unknown.unshared());
        assertThat(known.isEqual()).isTrue();
        assertThat(known.comparedHere()).isEqualTo(known.comparedThere()).isEqualTo(1);
        assertThat(comparison(Map.of(1L, 11L, 2L, 12L), Map.of(1L, OF_API, 2L, OF_API), false, Set.of(2L)).differing())
                .as("what the share shows after all is compared").isEqualTo(1);
    }

    @Test
    void rowsThatOnlyTheShareHasAndHasNoMoreAreReadAgain() {
        MonthComparison gone = comparison(Map.of(), Map.of(2L, OF_SHARE), true, Set.of());
        assertThat(gone.isForShare()).isTrue();
        assertThat(gone.unshared()).isEmpty();
        assertThat(comparison(Map.of(), Map.of(2L, OF_API), false, Set.of()).isForShare()).isFalse();
    }

    private static MonthComparison comparison(Map<Long, Long> there, Map<Long, Row> here, boolean ofShareOnly,
            Set<Long> acknowledged) {
        return new MonthComparison(new RowHashes(there, Map.of(), 0), here, ofShareOnly, false, acknowledged);
    }
}
