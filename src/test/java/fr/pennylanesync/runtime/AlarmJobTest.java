package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.alarm.ListeningServer;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token breaks while two nodes work on one warehouse, and is mended. */
@Tag("minutes")
class AlarmJobTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    @Test
    void aTokenThatBreaksIsToldOnceWithinAMinuteAndSoIsItsEnd() throws IOException {
        Path routes = LiveRoutes.copy();
        Path job = routes.resolve("jobs/check-alarms.camel.yaml");
        Files.writeString(job, Files.readString(job).replace("5/15 * *", "0/5 * *"));
        SandboxOptions options = SandboxOptions.defaults().withCompanies(2).withRecords(20)
                .withRateLimit(RateLimit.OFF);
        try (ListeningServer webhook = new ListeningServer();
                LiveRoutes live = new LiveRoutes(options, routes,
                        Map.of("quartz.cluster", "true", "alarms.webhook", webhook.url("/hook?key=1").toString()));
                SyncService other = live.another()) {
            live.awaitSync();
            long company = live.sandbox.companies().get(0).id();
            live.sandbox.revoke(company);
            await().atMost(WITHIN).until(() -> heard(webhook, "started", company).size() == 1);
            // Each node counts them in its own rounds, and this one may have been told by the other's.
            await().atMost(WITHIN).until(() -> live.meters.get("pennylane_sync_alarms_open").gauge().value() > 0);
            assertThat(other.scheduleFault()).isEmpty();

            live.mendToken(company);
            await().atMost(WITHIN).until(() -> heard(webhook, "ended", company).size() == 1);

            assertThat(heard(webhook, "started", company)).hasSize(1);
            assertThat(webhook.heard()).allSatisfy(heard -> assertThat(heard.body())
                    .doesNotContain(live.sandbox.companies().get(0).alias()));
            assertThat(live.warehouse.jdbc().sql("select count(*) from pennylane_sync.alarm where company_id = ?"
                    + " and code = 'COMPANY_REFUSED' and ended_at is not null and sent_ended_at is not null")
                    .param(company).query(Long.class).single()).isOne();
        }
    }

    private static List<String> heard(ListeningServer webhook, String event, long company) {
        return webhook.heard().stream().map(ListeningServer.Heard::body)
                .filter(body -> body.contains("\"event\":\"" + event + "\"") && body.contains("COMPANY_REFUSED")
                        && body.contains("\"company\":" + company))
                .toList();
    }
}
