package fr.pennylanesync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;

class ScheduleWatchTest {

    private static final Duration PERIOD = Duration.ofMinutes(15);

    /** A schedule that counts how often it was planned anew. */
    private static final class CountingSchedule implements ScheduleWatch.Watched {

        private Optional<Duration> period = Optional.of(PERIOD);
        private boolean works;
        private boolean reachable = true;
        private int plans;

        @Override
        public void replan() throws SchedulerException {
            if (!reachable) {
                throw new SchedulerException("away");
            }
            plans++;
        }

        @Override
        public Optional<Duration> period() {
            return period;
        }

        @Override
        public boolean works() {
            return works;
        }
    }

    private Duration elapsed = Duration.ofDays(3);
    private Duration wrong = Duration.ZERO;
    private final CountingSchedule schedule = new CountingSchedule();
    private final ScheduleWatch watch = new ScheduleWatch(
            () -> Instant.parse("2026-11-27T10:00:00Z").plus(elapsed).plus(wrong), () -> elapsed.toNanos());

    ScheduleWatchTest() {
        watch.watch(schedule);
    }

    private void pass(Duration time) {
        elapsed = elapsed.plus(time);
        watch.look();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT24H", "PT3S", "-PT3S"})
    void aLeapOfTheWallClockPlansAnewOnce(Duration leap) {
        pass(Duration.ofSeconds(1));
        assertThat(schedule.plans).isZero();
        wrong = leap;
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(schedule.plans).isEqualTo(1);
        wrong = Duration.ZERO;
        pass(Duration.ofSeconds(1));
        assertThat(schedule.plans).as("and back").isEqualTo(2);
    }

    @Test
    void aClockThatDriftsIsFollowedNowAndThen() {
        for (int second = 0; second < 100; second++) {
            wrong = wrong.plusMillis(50);
            pass(Duration.ofSeconds(1));
        }
        assertThat(schedule.plans).isEqualTo(2);
    }

    @Test
    void aScheduleThatCannotBeReachedIsPlannedAnewOnceItCan() {
        schedule.reachable = false;
        wrong = Duration.ofHours(-1);
        pass(Duration.ofSeconds(1));
        schedule.reachable = true;
        pass(Duration.ofSeconds(1));
        assertThat(schedule.plans).isEqualTo(1);
    }

    @Test
    void aSilenceOfTwoPeriodsIsToldUntilAJobFires() {
        pass(PERIOD.multipliedBy(2));
        assertThat(watch.isStalled()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(watch.isStalled()).isTrue();
        assertThat(schedule.plans).isEqualTo(1);
        pass(PERIOD);
        assertThat(schedule.plans).as("planned anew after two more periods").isEqualTo(1);
        pass(PERIOD.plusSeconds(2));
        assertThat(schedule.plans).isEqualTo(2);
        watch.fired();
        assertThat(watch.isStalled()).isFalse();
    }

    @Test
    void aSyncThatLastsIsNoSilence() {
        schedule.works = true;
        pass(PERIOD.multipliedBy(9));
        assertThat(watch.isStalled()).isFalse();
        schedule.works = false;
        pass(PERIOD);
        assertThat(watch.isStalled()).as("counted from when it worked").isFalse();
        pass(PERIOD.plusSeconds(1));
        assertThat(watch.isStalled()).isTrue();
    }

    @Test
    void withoutCompaniesThereIsNothingToFire() {
        schedule.period = Optional.empty();
        watch.fired();
        pass(PERIOD.multipliedBy(99));
        assertThat(watch.isStalled()).isFalse();
        schedule.period = Optional.of(PERIOD);
        pass(Duration.ofSeconds(1));
        pass(PERIOD.multipliedBy(2).plusSeconds(1));
        assertThat(watch.isStalled()).as("a company came").isTrue();
    }
}
