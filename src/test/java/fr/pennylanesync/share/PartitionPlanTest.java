package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Laws of the plan: every month in one partition, in order; few partitions, none larger than it must be. */
class PartitionPlanTest {

    private static final YearMonth FIRST = YearMonth.of(2019, 1);

    @RepeatedTest(200)
    void everyMonthIsInOnePartition(RepetitionInfo repetition) {
        Map<String, Long> months = months(new Random(repetition.getCurrentRepetition()));
        List<Partition> plan = PartitionPlan.of(months);

        assertThat(plan).extracting(Partition::key).isSorted();
        for (String month : months.keySet()) {
            assertThat(plan.stream().filter(partition -> holds(partition, month))).as(month).hasSize(1);
        }
        assertThat(rows(plan)).isEqualTo(total(months));
        assertThat(plan).allSatisfy(partition -> assertThat(partition.rows()).isEqualTo(
                months.entrySet().stream().filter(month -> holds(partition, month.getKey()))
                        .mapToLong(Map.Entry::getValue).sum()));
    }

    @RepeatedTest(200)
    void noPartitionIsSmallerOrLargerThanItMustBe(RepetitionInfo repetition) {
        Map<String, Long> months = months(new Random(repetition.getCurrentRepetition()));
        long wanted = Math.max(PartitionPlan.ROWS_LEAST,
                Math.min(PartitionPlan.ROWS_MOST, total(months) / PartitionPlan.PARTITIONS_WANTED));
        List<Partition> dated =
                PartitionPlan.of(months).stream().filter(partition -> partition.from().isPresent()).toList();

        for (int i = 0; i < dated.size(); i++) {
            Partition partition = dated.get(i);
            boolean isOneMonth = months.keySet().stream().filter(month -> holds(partition, month)).count() == 1;
            assertThat(partition.rows() <= wanted || isOneMonth).as("%s", partition).isTrue();
            if (i > 0) {
                long joined = dated.get(i - 1).rows() + months.get(partition.key());
                assertThat(joined).as("%s could have begun before", partition).isGreaterThan(wanted);
            }
        }
    }

    @Test
    void aTableWithoutRowsHasNoPartition() {
        assertThat(PartitionPlan.of(Map.of())).isEmpty();
    }

    private static boolean holds(Partition partition, String month) {
        if (month.isEmpty()) {
            return partition.from().isEmpty();
        }
        YearMonth at = YearMonth.parse(month);
        return partition.from().filter(from -> !at.isBefore(from)).isPresent()
                && at.isBefore(partition.to().orElseThrow());
    }

    /** Up to eight years, with gaps, from a few rows a month to a million. */
    private static Map<String, Long> months(Random random) {
        Map<String, Long> months = new HashMap<>();
        int scale = (int) Math.pow(10, random.nextInt(7));
        int count = 1 + random.nextInt(96);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(5) > 0) {
                months.put(FIRST.plusMonths(i).toString(), 1L + random.nextInt(scale));
            }
        }
        if (random.nextBoolean()) {
            months.put("", 1L + random.nextInt(scale));
        }
        return months;
    }

    private static long total(Map<String, Long> months) {
        return months.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long rows(List<Partition> plan) {
        return plan.stream().mapToLong(Partition::rows).sum();
    }
}
