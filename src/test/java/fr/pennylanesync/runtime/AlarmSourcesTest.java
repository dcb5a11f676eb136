package fr.pennylanesync.runtime;

import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a service at work sees of its tokens, its audits and the data sharing is an alarm. */
@Tag("minutes")
class AlarmSourcesTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    @Test
    void aTokenThatEndsSoonAMissedAuditAndAShareThatIsAwayAreAlarms() throws IOException {
        Path routes = LiveRoutes.copy();
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(20)
                .withRateLimit(RateLimit.OFF);
        try (LiveRoutes live = new LiveRoutes(options, routes, Map.of("share.jdbc-url", nobody(), "share.username",
                "reader", "share.password", "secret"))) {
            live.edit("jobs/check-alarms.camel.yaml", job -> job.replace("5/15 * *", "0/5 * *"));
            // No audit comes by itself.
            live.loads(() -> live.edit("jobs/audit-companies.camel.yaml",
                    job -> job.replace("40 * * * * ?", "0 0 0 1 1 ? 2099")));
            String alias = live.sandbox.companies().get(0).alias();
            awaitOpen(live, "SHARE_AWAY", true);

            live.tokenEnds(alias, LocalDate.now(ZoneOffset.UTC).plusDays(3));
            awaitOpen(live, "TOKEN_EXPIRES_SOON", true);
            live.tokenEnds(alias, LocalDate.now(ZoneOffset.UTC).plusDays(300));
            awaitOpen(live, "TOKEN_EXPIRES_SOON", false);

            planned(live, "now() - interval '3 days'");
            awaitOpen(live, "AUDIT_MISSED", true);
            planned(live, "now()");
            awaitOpen(live, "AUDIT_MISSED", false);
        }
    }

    /** Waits until there is such an alarm, and none that is open unless that is meant. */
    private static void awaitOpen(LiveRoutes live, String code, boolean isOpen) {
        await(code).atMost(WITHIN).until(() -> live.warehouse.jdbc().sql("""
                select count(*) > 0 and bool_or(ended_at is null) = ? from pennylane_sync.alarm where code = ?""")
                .params(isOpen, code).query(Boolean.class).single());
    }

    /** Lets a company's newest audit have been that of an earlier moment. */
    private static void planned(LiveRoutes live, String moment) {
        await().atMost(WITHIN).until(() -> live.warehouse.jdbc()
                .sql("update pennylane_sync.audit_run set planned_at = " + moment).update() == 1);
    }

    /** A share at which nothing listens. */
    private static String nobody() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "jdbc:postgresql://127.0.0.1:" + gone.getLocalPort() + "/books";
        }
    }
}
