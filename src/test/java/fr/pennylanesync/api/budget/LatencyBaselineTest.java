package fr.pennylanesync.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyBaselineTest {

    private static final long SLOW = Duration.ofSeconds(1).toNanos();
    private static final long QUICK = Duration.ofMillis(100).toNanos();

    private final LatencyBaseline latency = new LatencyBaseline();

    @Test
    void slowAnswersBoundTheArrivalByAFifthOfASecond() {
        slowWithAQuickOne(0);
        assertThat(excess()).isEqualTo(180);
    }

    /** What the server refused shows that requests arrive later than that. */
    @Test
    void aRefusalWidensTheBoundUpToWhatIsPossible() {
        slowWithAQuickOne(0);
        latency.widen(1);
        assertThat(excess()).isEqualTo(360);
        latency.widen(2);
        latency.widen(3);
        latency.widen(4);
        assertThat(excess()).isEqualTo(900);
    }

    @Test
    void afterAQuarterOfAnHourTheBoundIsNarrowedAgain() {
        slowWithAQuickOne(0);
        latency.widen(1);
        slowWithAQuickOne(Duration.ofMinutes(16).toNanos());
        assertThat(excess()).isEqualTo(180);
    }

    private void slowWithAQuickOne(long nowNanos) {
        latency.add(QUICK, nowNanos);
        for (int answer = 0; answer < 1_000; answer++) {
            latency.add(SLOW, nowNanos);
        }
    }

    private long excess() {
        return Math.round(latency.excessNanos(SLOW) / 1e6);
    }
}
