package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The job archives by itself what the syncs make due, also while its routes are exchanged, and stops with the runtime.
 */
class ArchiveJobTest {

    private static final Duration WITHIN = Duration.ofMinutes(5);

    @Test
    void everyFileIsArchivedWhileTheRoutesOfTheArchiveChange() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(2).withRecords(300).withRateLimit(RateLimit.OFF)
                        .withLatency(Duration.ofMillis(20));
        try (LiveRoutes live = new LiveRoutes(options, LiveRoutes.copy(), Map.of("sync.interval", "1h"))) {
            await().atMost(WITHIN).until(() -> files(live, "ARCHIVED") > 0);
            live.loads(() -> live.edit("steps/archive-file.camel.yaml", text -> text + "# changed\n"));
            live.loads(() -> live.edit("jobs/archive-files.camel.yaml", text -> text.replace("0/5 *", "0/6 *")));

            await().atMost(WITHIN)
                    .until(() -> live.differences(live.streams()).isEmpty() && files(live, "PENDING") == 0);
            assertThat(live.errors()).isEmpty();
            assertThat(live.runtime.archive().progress().all())
                    .allSatisfy(stream -> assertThat(stream.stoppedBy()).isEmpty());
            FileTruth.assertComplete(live.sandbox, live.warehouse, live.runtime.catalog().all(),
                    live.runtime.archive().bucket());
        }
    }

    private static long files(LiveRoutes live, String state) {
        return live.warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = ?")
                .param(state).query(Long.class).single();
    }
}
