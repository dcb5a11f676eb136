package fr.pennylanesync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Companies are audited once behind each moment of the expression, spread over the hour that follows. */
class AuditMomentsTest {

    private static final AuditMoments NIGHTLY = new AuditMoments("0 0 2 * * ?");
    private static final Instant TWO = LocalDateTime.parse("2026-03-10T02:00:00").atZone(ZoneId.systemDefault())
            .toInstant();
    private static final Instant YESTERDAY = TWO.minus(Duration.ofDays(1)).plusSeconds(1);

    @Test
    void nobodyIsDueBeforeTheMomentAndEverybodyAnHourLater() {
        assertThat(due(TWO.minusSeconds(1))).isZero();
        assertThat(due(TWO.plus(Duration.ofMinutes(30)))).isBetween(40L, 60L);
        assertThat(due(TWO.plus(Duration.ofHours(1)))).isEqualTo(100);
    }

    private static long due(Instant now) {
        return LongStream.rangeClosed(51_001, 51_100).filter(id -> NIGHTLY.isDue(id, YESTERDAY, now)).count();
    }

    @Test
    void missedMomentsAreMadeUpForOnce() {
        assertThat(NIGHTLY.isDue(51_001, TWO.minus(Duration.ofDays(9)), TWO.minus(Duration.ofHours(5)))).isTrue();
        assertThat(NIGHTLY.isDue(51_001, TWO.minus(Duration.ofHours(5)), TWO.minus(Duration.ofHours(4)))).isFalse();
    }

    @Test
    void aMomentThatNeverComesIsNobodys() {
        assertThat(new AuditMoments("0 0 0 1 1 ? 2099").isDue(51_001, YESTERDAY, TWO)).isFalse();
        assertThat(new AuditMoments("0 0 0 1 1 ? 2020").isDue(51_001, YESTERDAY, TWO)).isFalse();
    }
}
