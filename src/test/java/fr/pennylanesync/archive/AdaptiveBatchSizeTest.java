package fr.pennylanesync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A batch is as large as can be downloaded while its URLs are young. */
class AdaptiveBatchSizeTest {

    @Test
    void slowDownloadsShrinkTheBatchAndQuickOnesLetItGrowAgain() {
        AdaptiveBatchSize size = new AdaptiveBatchSize();
        assertThat(size.records()).isEqualTo(100);
        size.measured(100, Duration.ofSeconds(100));
        assertThat(size.records()).isEqualTo(25);
        size.measured(25, Duration.ofMinutes(20));
        assertThat(size.records()).isEqualTo(1);
        for (int batch = 0; batch < 7; batch++) {
            size.measured(size.records(), Duration.ofMillis(10));
        }
        assertThat(size.records()).isEqualTo(100);
    }

    @Test
    void anEmptyBatchTeachesNothing() {
        AdaptiveBatchSize size = new AdaptiveBatchSize();
        size.measured(0, Duration.ofHours(1));
        assertThat(size.records()).isEqualTo(100);
    }

    @Test
    void aUrlThatGrewTooOldIsNotUsedAndCostsNoAttempt() {
        PendingFile file =
                new PendingFile(1, new FileKey(1, "quotes", 0, 1, "public_file_url"), 1, Optional.empty(), 0);
        FileTask task = new FileTask(file, "https://example.org/f", 2026,
                System.nanoTime() - Duration.ofSeconds(46).toNanos(), "");
        task.download(null);
        assertThat(task.recordSetback(null)).isEmpty();
        assertThat(task.toString()).doesNotContain("example");
    }
}
