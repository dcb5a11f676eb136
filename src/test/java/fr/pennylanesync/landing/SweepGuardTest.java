package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SweepGuardTest {

    private final SweepGuard guard = new SweepGuard(false);

    @Test
    void fewRowsMayGoHoweverSmallTheTable() {
        assertThat(guard.stops(20, 20, 0)).isFalse();
        assertThat(guard.stops(21, 21, 0)).isTrue();
    }

    @Test
    void oneRowInTwentyMayGoHoweverMany() {
        assertThat(guard.stops(50, 1000, 0)).isFalse();
        assertThat(guard.stops(51, 1000, 0)).isTrue();
    }

    @Test
    void noMoreMayGoBitByBitThanAtOnce() {
        assertThat(guard.stops(10, 990, 10)).isFalse();
        assertThat(guard.stops(30, 980, 20)).isFalse();
        assertThat(guard.stops(31, 970, 30)).isTrue();
    }

    @Test
    void anythingMayGoOnceSomebodyConfirmedIt() {
        assertThat(new SweepGuard(true).stops(1000, 1000, 1000)).isFalse();
    }
}
