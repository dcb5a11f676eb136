package fr.pennylanesync.reload;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.hash.Sha256;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Sha256 A = Sha256.of(new byte[] {1});
    private static final Sha256 B = Sha256.of(new byte[] {2});
    private final Settling settling = new Settling(Duration.ofMillis(500), Duration.ofSeconds(5));

    private boolean isSettled(Sha256 content, long ms) {
        return settling.isSettled(content, Duration.ofMillis(ms).toNanos());
    }

    @Test
    void aContentThatStaysTheSameForAWhileIsSettled() {
        assertThat(isSettled(A, 0)).isFalse();
        assertThat(isSettled(A, 400)).isFalse();
        assertThat(isSettled(A, 500)).isTrue();
        assertThat(isSettled(A, 700)).isTrue();
    }

    @Test
    void everyChangeBeginsTheWaitAnew() {
        isSettled(A, 0);
        assertThat(isSettled(B, 400)).isFalse();
        assertThat(isSettled(B, 800)).isFalse();
        assertThat(isSettled(B, 900)).isTrue();
    }

    @Test
    void aDirectoryThatNeverRestsIsTakenAsItIsFromTimeToTime() {
        int settled = 0;
        for (int ms = 0; ms <= 20_000; ms += 200) {
            settled += isSettled(ms / 200 % 2 == 0 ? A : B, ms) ? 1 : 0;
        }
        assertThat(settled).isBetween(3, 5);
    }
}
