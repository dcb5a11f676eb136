package fr.pennylanesync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionClockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Instant own = NOW;
    private Instant database = NOW;
    private Duration elapsed = Duration.ZERO;
    private final AtomicInteger asked = new AtomicInteger();
    private final PositionClock clock = new PositionClock(() -> own, () -> {
        asked.incrementAndGet();
        return database;
    }, () -> elapsed.toNanos());

    /** Hours by which each clock is wrong, and what has passed. */
    @ParameterizedTest
    @CsvSource({
            "0, 0, 0, 0",
            "30, 0, 0, 0",
            "1, 0, 0, 0",
            "-5, 0, 0, -5",
            ", 0, 0, 0",
            ", 0, 9, 0",
            ", -9, 0, -9",
            "0, 0, 700, 0",
            "0, 0, -900, 0",
            "0, 700, 0, 0",
            "0, -900, 0, 0",
            "0, 30, 30, 0",
            "0, -30, -30, -30"})
    void whatHasPassedIsWhatTheApiAndAnotherAgreeOn(Integer api, int databaseHours, int ownHours, int passed) {
        Optional<Instant> date = Optional.ofNullable(api).map(hours -> NOW.plus(Duration.ofHours(hours)));
        ClockReading reading = new ClockReading(date, NOW.plus(Duration.ofHours(databaseHours)),
                NOW.plus(Duration.ofHours(ownHours)));
        assertThat(reading.passed()).isEqualTo(NOW.plus(Duration.ofHours(passed)));
    }

    /** One wrong answer between others does not count, and one that is gone by has no say. */
    @Test
    void theEarliestOfTheLastAnswersCounts() {
        clock.answered(NOW);
        clock.answered(NOW.plus(Duration.ofHours(30)));
        assertThat(clock.read().api()).contains(NOW);
        for (int answer = 0; answer < 23; answer++) {
            clock.answered(NOW.plus(Duration.ofHours(30)));
        }
        assertThat(clock.read().api()).contains(NOW.plus(Duration.ofHours(30)));
    }

    @Test
    void aRefusalSpeaksForTheLastAnswer() {
        clock.answered(NOW);
        clock.answered(NOW.plus(Duration.ofDays(40)));
        clock.refused();
        assertThat(clock.read().api()).contains(NOW.plus(Duration.ofDays(40)));
    }

    @Test
    void aLeapOfThisMachinesClockMovesNoOther() {
        clock.answered(NOW);
        clock.read();
        own = NOW.minus(Duration.ofDays(1));
        elapsed = Duration.ofSeconds(9);
        assertThat(clock.read()).isEqualTo(new ClockReading(Optional.of(NOW.plusSeconds(9)), NOW.plusSeconds(9), own));
        assertThat(clock.read().passed()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void theDatabaseIsAskedEveryTenSeconds() {
        clock.read();
        elapsed = Duration.ofSeconds(9);
        clock.read();
        assertThat(asked).hasValue(1);
        database = NOW.plusSeconds(11);
        elapsed = Duration.ofSeconds(10);
        assertThat(clock.read().database()).isEqualTo(NOW.plusSeconds(11));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aPositionAheadOfAllClocksIsImpossible() {
        ClockReading now = new ClockReading(Optional.of(NOW.plus(Duration.ofHours(1))), NOW, NOW);
        Instant tolerated = NOW.plus(Duration.ofHours(1)).plus(PositionClock.TOLERANCE);
        assertThat(now.isImpossible(tolerated, false)).isFalse();
        assertThat(now.isImpossible(tolerated.plusMillis(1), false)).isTrue();
        assertThat(now.isImpossible(NOW.plus(PositionClock.TOLERANCE), true)).isFalse();
        assertThat(now.isImpossible(NOW.plus(PositionClock.TOLERANCE).plusMillis(1), true)).isTrue();
    }

    @Test
    void aClockThatIsBehindMakesNoPositionImpossible() {
        ClockReading apiBehind = new ClockReading(Optional.of(NOW.minus(Duration.ofHours(5))), NOW, NOW);
        ClockReading ownBehind = new ClockReading(Optional.of(NOW), NOW, NOW.minus(Duration.ofHours(5)));
        assertThat(apiBehind.isImpossible(NOW, true)).isFalse();
        assertThat(ownBehind.isImpossible(NOW, true)).isFalse();
        assertThat(new ClockReading(Optional.empty(), NOW, NOW.minusSeconds(7200)).isImpossible(NOW, true)).isFalse();
    }
}
