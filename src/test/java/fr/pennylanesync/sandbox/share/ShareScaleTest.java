package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long a large company takes. 20,000 lines in the build; -Dshare.records=1000000 for more. */
class ShareScaleTest {

    private static final int RECORDS = Integer.getInteger("share.records", 20_000);
    private static final long NANOS_PER_MS = 1_000_000;

    private static long processorBefore;

    @Test
    void aLargeCompanyIsSharedQuicklyAndCopiedByItsDifferences() {
        long began = System.nanoTime();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF))) {
            tell("written", began);
            began = System.nanoTime();
            SandboxShare share = ShareHome.open(sandbox);
            tell("shared", began);
            ShareReader reader = ShareReader.of(share);
            assertThat(reader.count("pennylane.general_ledger")).isGreaterThanOrEqualTo(RECORDS);
            began = System.nanoTime();
            sandbox.mutate(new Random(1), 50);
            share.copy();
            tell("copied after 50 changes", began);
            assertThat((Long) reader.value("select count(distinct synchronised_at) from etl.general_ledger"))
                    .isGreaterThan(1);
            began = System.nanoTime();
            reader.count("pennylane.analytical_ledger");
            tell("analytical ledger counted", began);
        }
    }

    private static void tell(String what, long began) {
        long duration = System.nanoTime() - began;
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processorBefore;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf("share of %,d lines: %s in %,d ms, of them %,d computing, heap %,d MB%n", RECORDS, what,
                duration / NANOS_PER_MS, processor / NANOS_PER_MS,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        processorBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
