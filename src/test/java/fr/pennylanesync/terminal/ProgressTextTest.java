package fr.pennylanesync.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTextTest {

    private static final ProgressFigures LARGE = new ProgressFigures(12, 200, 512, 9_000, 12_345_678, 123_456, 0.98,
            true, Optional.of(Duration.ofSeconds(40)), Optional.of(Duration.ofMinutes(45)), 123_456);
    private static final ProgressFigures SMALL = new ProgressFigures(0, 2, 10, 90, 576, 321, 0.98, true,
            Optional.empty(), Optional.of(Duration.ofSeconds(4)), 48);

    @ParameterizedTest
    @ValueSource(ints = {20, 39, 59, 79, 119, 300})
    void aLineFitsWhateverTheFigures(int columns) {
        assertThat(ProgressText.of(LARGE, columns)).hasSizeLessThanOrEqualTo(columns).isNotBlank();
        assertThat(ProgressText.of(SMALL, columns)).hasSizeLessThanOrEqualTo(columns).isNotBlank();
    }

    @Test
    void aUsualTerminalShowsEverything() {
        assertThat(ProgressText.of(SMALL, 79))
                .isEqualTo("0/2 co. 10/90 streams 576 rows 321 req. 98 %; lists, sub-lists >4 s, 48 files");
        assertThat(ProgressText.of(SMALL, 120)).isEqualTo("0/2 companies, 10/90 streams, 576 rows,"
                + " 321 requests (budget 98 %); to go: lists, sub-lists >4 s, 48 files");
    }

    /** More sub-lists become known while lists are read: an end that is told then would be a promise. */
    @Test
    void aTimeIsAnEndOnlyOnceTheListsAreRead() {
        ProgressFigures listed = new ProgressFigures(1, 2, 60, 90, 576, 321, 0.98, false,
                Optional.of(Duration.ofSeconds(3)), Optional.of(Duration.ofMinutes(4)), 1);

        assertThat(ProgressText.of(listed, 120)).endsWith("to go: records 3 s, sub-lists 4 min, 1 file");
        assertThat(ProgressText.of(LARGE, 200)).endsWith("to go: lists, records 40 s, sub-lists >45 min, 123k files");
    }
}
