package fr.pennylanesync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.quartz.Trigger;
import org.quartz.TriggerUtils;
import org.quartz.spi.OperableTrigger;

class TimetableTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:07:31.123Z");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Cadence EVERY_QUARTER = new Cadence.Every(QUARTER);

    @Test
    void companiesAreSpreadEvenlyOverTheInterval() {
        long[] perMinute = new long[15];
        LongStream.rangeClosed(51_001, 51_500)
                .forEach(id -> perMinute[(int) Duration.between(NOW, first(id, NOW)).toMinutes() % 15]++);
        assertThat(LongStream.of(perMinute).boxed().toList()).as("of 500 companies with ids in a row")
                .allSatisfy(count -> assertThat(count).isBetween(28L, 39L));
    }

    @Test
    void theMomentsAreTheSameOnEveryNodeAndAfterEveryStart() {
        Instant first = first(51_020, NOW);
        assertThat(first).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(QUARTER));
        assertThat(first(51_020, NOW.plusSeconds(7 * 900 + 13))).satisfies(
                later -> assertThat(Duration.between(first, later).toMillis() % QUARTER.toMillis()).isZero());
    }

    @Test
    void aMissedMomentIsMadeUpForOnceAndTheOthersKeepTheirPlaces() {
        OperableTrigger trigger = trigger(51_020, Instant.now().minus(Duration.ofHours(5)));
        Instant second = trigger.getFireTimeAfter(trigger.getNextFireTime()).toInstant();
        trigger.updateAfterMisfire(null);
        assertThat(trigger.getNextFireTime()).isCloseTo(new Date(), 2_000);
        trigger.triggered(null);
        assertThat(Duration.between(second, trigger.getNextFireTime().toInstant()).toMillis() % QUARTER.toMillis())
                .isZero();
        assertThat(trigger.getNextFireTime()).isAfter(new Date());
    }

    /**
     * In spring Paris goes from 02:00 to 03:00: a moment between does not come that night. In autumn it goes from 03:00
     * back to 02:00: a moment between comes once, in the second of the two hours.
     */
    @Test
    void aNightlyCronKnowsSummerTime() {
        assertThat(moments("0 30 2 * * ?", "2027-03-27T12:00:00+01:00", 2)).containsExactly(
                "2027-03-29T02:30+02:00", "2027-03-30T02:30+02:00");
        assertThat(moments("0 30 2 * * ?", "2027-10-30T12:00:00+02:00", 2)).containsExactly(
                "2027-10-31T02:30+01:00", "2027-11-01T02:30+01:00");
    }

    /** An hourly moment comes once for every hour of the clock: the first of autumn's two hours has none. */
    @Test
    void anHourlyCronKnowsSummerTime() {
        assertThat(moments("0 30 * * * ?", "2027-03-28T00:00:00+01:00", 3)).containsExactly(
                "2027-03-28T00:30+01:00", "2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00");
        assertThat(moments("0 30 * * * ?", "2027-10-31T01:00:00+02:00", 3)).containsExactly(
                "2027-10-31T01:30+02:00", "2027-10-31T02:30+01:00", "2027-10-31T03:30+01:00");
    }

    private static List<String> moments(String cron, String from, int count) {
        Timetable timetable = new Timetable(1, new Cadence.At(cron, Optional.of(PARIS)));
        OperableTrigger trigger = (OperableTrigger) timetable.trigger(OffsetDateTime.parse(from).toInstant());
        return TriggerUtils.computeFireTimes(trigger, null, count).stream()
                .map(date -> date.toInstant().atZone(PARIS).toOffsetDateTime().toString()).toList();
    }

    @Test
    void anotherTimeZoneIsAnotherTrigger() {
        Timetable ours = new Timetable(1, new Cadence.At("0 30 2 * * ?", Optional.empty()));
        Timetable paris = new Timetable(1, new Cadence.At("0 30 2 * * ?", Optional.of(PARIS)));
        assertThat(ours.key()).isNotEqualTo(paris.key());
        assertThat(paris.key().getName()).isEqualTo("1 0 30 2 * * ? Europe/Paris");
    }

    @Test
    void thePeriodIsTheLongestThatMayPassUntilTheNextSync() {
        Instant fridayNight = Instant.parse("2026-11-27T21:00:00Z");
        Timetable weekdays =
                new Timetable(1, new Cadence.At("0 30 6,13,20 ? * MON-FRI", Optional.of(ZoneOffset.UTC)));
        assertThat(weekdays.period(fridayNight)).isEqualTo(Duration.ofHours(57).plusMinutes(30));
        assertThat(weekdays.period(Instant.parse("2026-11-27T06:29:00Z"))).isEqualTo(Duration.ofHours(7));
        assertThat(new Timetable(1, EVERY_QUARTER).period(NOW)).isEqualTo(QUARTER);
    }

    @Test
    void aCronHasItsOwnMoments() {
        Timetable nightly = new Timetable(1, new Cadence.At("0 30 2 * * ?", Optional.empty()));
        List<Date> times = TriggerUtils.computeFireTimes((OperableTrigger) nightly.trigger(NOW), null, 2);
        TimeZone zone = TimeZone.getDefault();
        assertThat(times).extracting(date -> date.toInstant().atZone(zone.toZoneId()).toLocalTime().toString())
                .containsExactly("02:30", "02:30");
    }

    @Test
    void aSyncIsDueThatWasNeverBegunOrNeverEndedOrWhoseNextMomentHasPassed() {
        Timetable timetable = new Timetable(1, EVERY_QUARTER);
        assertThat(timetable.isDue(Optional.empty(), NOW)).isTrue();
        assertThat(timetable.isDue(Optional.of(new CompanyRun(NOW.minusSeconds(5), Optional.empty())), NOW)).isTrue();
        assertThat(timetable.isDue(ended(NOW.minusSeconds(901)), NOW)).isTrue();
        assertThat(timetable.isDue(ended(NOW.minusSeconds(899)), NOW)).isFalse();
        Timetable hourly = new Timetable(1, new Cadence.At("0 0 * * * ?", Optional.empty()));
        assertThat(hourly.isDue(ended(Instant.parse("2026-11-22T09:59:58Z")), NOW)).isTrue();
        assertThat(hourly.isDue(ended(Instant.parse("2026-11-22T10:00:01Z")), NOW)).isFalse();
    }

    private static Optional<CompanyRun> ended(Instant begun) {
        return Optional.of(new CompanyRun(begun, Optional.of(begun)));
    }

    private static Instant first(long companyId, Instant now) {
        return trigger(companyId, now).getNextFireTime().toInstant();
    }

    private static OperableTrigger trigger(long companyId, Instant now) {
        Trigger trigger = new Timetable(companyId, EVERY_QUARTER).trigger(now);
        OperableTrigger operable = (OperableTrigger) trigger;
        operable.computeFirstFireTime(null);
        return operable;
    }
}
