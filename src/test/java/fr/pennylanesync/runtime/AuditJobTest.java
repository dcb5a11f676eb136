package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.audit.AuditRuns;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The job audits every company by itself, and a moment is one node's alone. */
class AuditJobTest {

    private static final Duration WITHIN = Duration.ofMinutes(5);

    @Test
    @Tag("minutes")
    void everyCompanyIsAudited() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(2).withRecords(60)
                .withRateLimit(RateLimit.OFF);
        try (LiveRoutes live = new LiveRoutes(options, LiveRoutes.copy(),
                Map.of("sync.interval", "1h", "audit.cron", "0/5 * * * * ?"))) {
            live.loads(() -> live.edit("jobs/audit-companies.camel.yaml",
                    text -> text.replace("40 * * * * ?", "0/5 * * * * ?")));
            await().atMost(WITHIN).until(() -> equal(live, "trial-balance") == 2 && equal(live, "fec") == 2
                    && equal(live, "books") == 2);
            AuditRuns runs = new AuditRuns(live.warehouse.jdbc());
            long company = live.sandbox.companies().get(0).id();
            live.warehouse.jdbc().sql("update pennylane_sync.audit_run set planned_at = now() + interval '1 day',"
                    + " begun_at = null").update();
            Instant planned = runs.planned(List.of(company)).get(company);
            assertThat(runs.claim(company, planned)).isTrue();
            assertThat(runs.claim(company, planned)).as("by another node").isFalse();
            assertThat(runs.planned(List.of(company))).as("while it is audited").isEmpty();
            runs.end(company);
            assertThat(runs.planned(List.of(company))).containsKey(company);
        }
    }

    private static long equal(LiveRoutes live, String kind) {
        return live.warehouse.jdbc().sql("select count(distinct company_id) from pennylane_sync.audit where kind = ?"
                + " and outcome = 'EQUAL'").param(kind).query(Long.class).single();
    }
}
