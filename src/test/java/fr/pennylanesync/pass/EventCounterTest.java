package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventCounterTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.000001Z");

    private final EventCounter counter = new EventCounter();

    @Test
    void eventsThatSayTheSameOfTheSameInstantAreNumbered() {
        assertThat(counter.next(1, "update", AT)).isEqualTo(1);
        assertThat(counter.next(1, "update", AT)).isEqualTo(2);
        assertThat(counter.next(2, "update", AT)).isEqualTo(1);
        assertThat(counter.next(1, "delete", AT)).isEqualTo(1);
        assertThat(counter.next(1, "update", AT)).isEqualTo(3);
    }

    @Test
    void anotherInstantBeginsAnew() {
        counter.next(1, "update", AT);
        assertThat(counter.next(1, "update", AT.plusNanos(1000))).isEqualTo(1);
    }

    @Test
    void instantsCountToTheMicrosecond() {
        counter.next(1, "update", AT);
        assertThat(counter.next(1, "update", AT.plusNanos(999))).isEqualTo(2);
    }

    @Test
    void aCopyCountsForItself() {
        counter.next(1, "update", AT);
        EventCounter copy = counter.copy();
        assertThat(copy.next(1, "update", AT)).isEqualTo(2);
        assertThat(copy.next(1, "update", AT)).isEqualTo(3);
        assertThat(counter.next(1, "update", AT)).isEqualTo(2);
    }
}
