package fr.pennylanesync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.Trigger;

/**
 * A company with a million records keeps no other one waiting. A day of 200 companies is simulated, by the moments of
 * their own triggers: Quartz gives each thread that is free to the trigger that has been due for longest, and makes up
 * once for what was missed.
 */
class FairnessTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final int COMPANIES = 200;
    private static final int THREADS = 8;
    /** A million records are 10,000 pages, and each token has 5 requests a second of its own. */
    private static final Duration OF_THE_LARGE = Duration.ofSeconds(10_000 / 5);
    private static final long LARGE = 51_077;

    /** A sync that runs, or a thread that waits for one. */
    private record Slot(Instant free, long company, Instant begun) {}

    private record Due(long company, Instant since) {}

    /** Runs one schedule and keeps how old each company's data grew at worst. */
    private static final class Day {

        private final Random random = new Random(19);
        private final Duration ofTheSmall;
        private final Map<Long, Trigger> triggers = new HashMap<>();
        private final Map<Long, Instant> freshFrom = new HashMap<>();
        private final Map<Long, Duration> oldest = new HashMap<>();
        private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::since));
        private final PriorityQueue<Slot> slots = new PriorityQueue<>(Comparator.comparing(Slot::free));

        Day(Duration ofTheSmall) {
            this.ofTheSmall = ofTheSmall;
            LongStream.range(51_000, 51_000 + COMPANIES).forEach(company -> {
                Trigger trigger = new Timetable(company, new Cadence.Every(INTERVAL)).trigger(BEGIN);
                triggers.put(company, trigger);
                due.add(new Due(company, trigger.getStartTime().toInstant()));
            });
            for (int thread = 0; thread < THREADS; thread++) {
                slots.add(new Slot(BEGIN, 0, BEGIN));
            }
        }

        Map<Long, Duration> run() {
            while (slots.peek().free().isBefore(BEGIN.plus(DAY))) {
                Slot slot = slots.poll();
                if (slot.company() != 0) {
                    ended(slot);
                }
                Due next = due.poll();
                Instant begin = slot.free().isAfter(next.since()) ? slot.free() : next.since();
                slots.add(new Slot(begin.plus(duration(next.company())), next.company(), begin));
            }
            return oldest;
        }

        /** What the next sync replaces was as old as the time since the last one began. */
        private void ended(Slot slot) {
            Instant before = freshFrom.put(slot.company(), slot.begun());
            if (before != null) {
                oldest.merge(slot.company(), Duration.between(before, slot.free()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
            Date after = triggers.get(slot.company()).getFireTimeAfter(Date.from(slot.begun()));
            due.add(new Due(slot.company(), after.toInstant()));
        }

        private Duration duration(long company) {
            double factor = 0.5 + random.nextDouble();
            return Duration.ofMillis((long) ((company == LARGE ? OF_THE_LARGE : ofTheSmall).toMillis() * factor));
        }
    }

    /** With 25 s all threads are busy four fifths of the day; with 60 s there is more to do than they can. */
    @ParameterizedTest
    @CsvSource({"3", "10", "25", "60"})
    void theSlowestSmallCompanyIsHardlyOlderThanTheOthers(int seconds) {
        Map<Long, Duration> oldest = new Day(Duration.ofSeconds(seconds)).run();
        oldest.remove(LARGE);
        List<Duration> sorted = new ArrayList<>(oldest.values());
        sorted.sort(Comparator.naturalOrder());

        double ratio = sorted.get(sorted.size() - 1).toMillis() / (double) sorted.get(sorted.size() / 2).toMillis();
        assertThat(sorted).hasSize(COMPANIES - 1);
        assertThat(ratio).as("slowest to median, of " + sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(1.2);
    }
}
