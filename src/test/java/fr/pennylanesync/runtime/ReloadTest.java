package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.reload.RouteWatch;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Edits of a running system's routes: good ones take over, others change nothing and say why. */
class ReloadTest {

    private static LiveRoutes live;

    @BeforeAll
    static void start() {
        live = new LiveRoutes(SandboxOptions.defaults().withCompanies(2).withRecords(40).withRateLimit(RateLimit.OFF),
                LiveRoutes.copy(), Map.of());
        live.awaitSync();
    }

    @AfterEach
    void restore() {
        live.restore();
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void anAddedColumnIsThereAtOnceAndFilledFromWhatIsKnown() {
        live.loads(() -> live.edit("streams/products.camel.yaml",
                text -> text.replace("          unit: text",
                        "          own_id: bigint from id\n          unit: text")));

        assertThat(live.warehouse.jdbc().sql("select count(*) from pennylane.products where own_id is distinct from id")
                .query(Long.class).single()).isZero();
        assertThat(live.rows("products")).isPositive();
    }

    @Test
    void rulesThatCannotBeAppliedNowAreAppliedLater() {
        live.warehouse.jdbc().sql("insert into pennylane_sync.privacy_rule (company_id, stream, rules)"
                + " select company_id, stream, 'others' from pennylane_sync.stream_state where stream = 'quotes'")
                .update();
        live.warehouse.jdbc().sql("alter table pennylane_sync.privacy_rule rename to privacy_rule_away").update();
        try {
            live.loads(() -> live.edit("streams/quotes.camel.yaml", text -> text.replaceFirst("\n    description: ",
                    "\n    description: All ")));
        } finally {
            live.warehouse.jdbc().sql("alter table pennylane_sync.privacy_rule_away rename to privacy_rule").update();
        }
        await().atMost(LiveRoutes.WITHIN).until(() -> live.warehouse.jdbc().sql(
                "select count(*) from pennylane_sync.privacy_rule where rules = 'others'").query(Long.class)
                .single() == 0);
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedAndNamesItsFile() {
        String retyped = live.read("streams/journals.camel.yaml").replace("label: text", "label: numeric");

        assertThat(live.refuses("streams/journals.camel.yaml", retyped)).singleElement().asString()
                .contains("streams/journals.camel.yaml", "COLUMN_RETYPED", "pennylane.journals.label",
                        "rename the column");
    }

    @Test
    void aHalfWrittenFileIsRefusedWithItsLine() {
        String whole = live.read("streams/customers.camel.yaml");

        assertThat(live.refuses("streams/customers.camel.yaml", whole.substring(0, whole.indexOf("scope:") + 3)))
                .anySatisfy(fault -> assertThat(fault).contains("streams/customers.camel.yaml:", " -> "));
    }

    @Test
    void aFileThatIsWholeAMomentLaterIsNeverRefused() {
        long refusals = live.refusals();
        String whole = live.read("streams/customers.camel.yaml").replace("Customers that", "All customers that");

        live.loads(() -> {
            live.write("streams/customers.camel.yaml", whole.substring(0, 100));
            live.write("streams/customers.camel.yaml", whole);
        });

        assertThat(live.refusals()).isEqualTo(refusals);
    }

    @Test
    void aWrongBeanIsRefusedWithItsLine() {
        String wrong = live.read("jobs/refresh-companies.camel.yaml").replace("ref: schedule", "ref: timetable");

        assertThat(live.refuses("jobs/refresh-companies.camel.yaml", wrong)).singleElement().asString()
                .contains(
                        "jobs/refresh-companies.camel.yaml:15: there is no bean `timetable` that routes may call -> ");
    }

    @Test
    void anUnknownOptionAndAnUnknownComponentAreRefusedWithTheirLine() {
        String job = live.read("jobs/refresh-companies.camel.yaml");

        assertThat(live.refuses("jobs/refresh-companies.camel.yaml", job.replace("stateful:", "statefull:")))
                .singleElement()
                .asString()
                .contains("refresh-companies.camel.yaml:11: the endpoint `quartz` takes no `statefull` from a route");
        assertThat(live.refuses("jobs/refresh-companies.camel.yaml", job.replace("uri: quartz", "uri: quarz")))
                .singleElement().asString()
                .contains("jobs/refresh-companies.camel.yaml:6: the endpoint `quarz");
    }

    /** The variants of {@code HostileRoutesTest}, at the same entry, but of a runtime that is at work. */
    @Test
    void aHostileRouteIsRefusedAndWhatRanRunsOn() {
        var running = live.runtime.version();
        String job = live.read("jobs/refresh-companies.camel.yaml");

        assertThat(live.refuses("jobs/refresh-companies.camel.yaml",
                job.replace("ref: schedule", "beanType: java.lang.System"))).isNotEmpty();

        assertThat(live.runtime.version()).isSameAs(running);
        assertThat(live.state().refusedAt()).isEmpty();
    }

    @Test
    void aPlaceholderWithoutValueIsRefused() {
        String wrong =
                live.read("policies/stream-failure.camel.yaml").replace("retry.delay-ms:250", "retry.delay-millis");

        long line = wrong.substring(0, wrong.indexOf("retry.delay-millis")).lines().count();
        assertThat(live.refuses("policies/stream-failure.camel.yaml", wrong)).first().asString().contains(
                "policies/stream-failure.camel.yaml:" + line
                        + ": the placeholder {{retry.delay-millis}} is none for routes");
    }

    @Test
    void aCronJobIsAddedAndAWrongCronIsRefused() {
        String job = """
                - route:
                    id: nightly
                    description: Every night.
                    routeConfigurationId: job-failure
                    from:
                      uri: quartz
                      parameters:
                        groupName: sync
                        triggerName: nightly
                        cron: "0 0 3 * * ?"
                      steps:
                        - bean:
                            id: nightly-tick
                            ref: schedule
                            method: refresh
                """;

        live.loads(() -> live.write("jobs/nightly.camel.yaml", job));

        assertThat(live.refuses("jobs/nightly.camel.yaml", job.replace("0 0 3", "61 0 3"))).singleElement().asString()
                .contains("jobs/nightly.camel.yaml");
    }

    @Test
    void aRenamedFileWhoseRouteIsStillTheOldOneIsRefused() {
        assertThat(live.refuses("streams/clients.camel.yaml", live.read("streams/customers.camel.yaml")))
                .anySatisfy(fault -> assertThat(fault).contains("streams/clients.camel.yaml", "set `id: clients`"));
    }

    @Test
    void aDeletedStepThatOthersCallIsRefused() {
        String step = live.read("steps/land-batch.camel.yaml");
        long before = live.refusals();
        live.delete("steps/land-batch.camel.yaml");

        await().atMost(LiveRoutes.WITHIN).until(() -> live.refusals() > before);

        assertThat(live.state().faults()).anySatisfy(
                fault -> assertThat(fault).contains("steps/next-batch.camel.yaml:", "direct:land-batch has no route"));
        live.write("steps/land-batch.camel.yaml", step);
        await().atMost(LiveRoutes.WITHIN).until(() -> live.state().refusedAt().isEmpty());
    }

    @Test
    void whatEditorsLeaveBehindChangesNothing() {
        var running = live.runtime.version();
        long refusals = live.refusals();
        for (String name : new String[] {".customers.yaml.swp", "customers.yaml~", ".#customers.yaml",
                "#customers.yaml#", "4913", "customers.yaml.bak"}) {
            live.write("streams/" + name, "- half");
        }
        await().during(RouteWatch.INTERVAL.multipliedBy(6)).until(() -> live.runtime.version() == running);

        live.loads(() -> live.edit("streams/suppliers.camel.yaml",
                text -> text.replace("description: ", "description: Also, ")));

        assertThat(live.refusals()).isEqualTo(refusals);
    }

    @Test
    void twentySavesInASecondEndInTheLastOne() {
        String original = live.read("steps/run-pass.camel.yaml");
        long loads = live.loads();
        live.loads(() -> {
            for (int save = 1; save <= 20; save++) {
                live.write("steps/run-pass.camel.yaml",
                        original.replace("Reads one pass", "Save " + save + " reads one pass"));
            }
        });

        assertThat(live.runtime.version().files().in("steps"))
                .anySatisfy(step -> assertThat(step.content()).contains("Save 20 reads"));
        assertThat(live.loads() - loads).isLessThanOrEqualTo(3);
    }

    @Test
    void aStreamIsAddedAndDeletedAndComesBack() {
        String route = live.read("streams/fiscal_years.camel.yaml");
        long rows = live.rows("fiscal_years");
        live.loads(() -> live.delete("streams/fiscal_years.camel.yaml"));
        assertThat(live.runtime.catalog().find("fiscal_years")).isEmpty();
        assertThat(live.rows("fiscal_years")).isEqualTo(rows).isPositive();

        live.loads(() -> live.write("streams/fiscal_years_new.camel.yaml", renamed(route)));

        await().atMost(Duration.ofSeconds(30)).until(() -> live.rows("fiscal_years_new") == rows);
        live.loads(() -> {
            live.delete("streams/fiscal_years_new.camel.yaml");
            live.write("streams/fiscal_years.camel.yaml", route);
        });
        live.awaitSync();
    }

    private static String renamed(String route) {
        return route.replace("name: fiscal_years", "name: fiscal_years_new")
                .replace("id: fiscal_years", "id: fiscal_years_new")
                .replace("direct:fiscal_years", "direct:fiscal_years_new");
    }

    @Test
    void aFileThatOnlyGetsCamelsEndingGoesOn() {
        String route = live.read("streams/journals.camel.yaml");
        String job = live.read("jobs/housekeeping.camel.yaml");
        live.loads(() -> {
            live.delete("streams/journals.camel.yaml");
            live.write("streams/journals.yaml", route);
            live.delete("jobs/housekeeping.camel.yaml");
            live.write("jobs/housekeeping.camel.yaml", job);
        });
        assertThat(live.runtime.catalog().find("journals")).isPresent();

        assertThat(live.refuses("streams/journals.camel.yaml", route)).singleElement().asString()
                .contains("streams/journals.yaml: a second file for the route `journals`");

        live.loads(() -> {
            live.delete("streams/journals.yaml");
            live.write("streams/journals.camel.yaml", route);
            live.delete("jobs/housekeeping.camel.yaml");
            live.write("jobs/housekeeping.camel.yaml", job);
        });
        live.awaitSync();
    }

    @Test
    void jobsAreExchangedAndGoOn() {
        String job = live.read("jobs/refresh-companies.camel.yaml");
        live.loads(() -> live.write("jobs/second.camel.yaml",
                job.replace("refresh-companies", "second").replace("0/10", "0/5")));
        live.loads(() -> live.edit("policies/job-failure.camel.yaml",
                text -> text.replace("maximumRedeliveries: \"0\"", "maximumRedeliveries: \"1\"")));
        live.addCompany();
        await().atMost(Duration.ofSeconds(9)).until(() -> live.runtime.companies().active().size() == 3);

        live.loads(() -> live.delete("jobs/second.camel.yaml"));

        live.addCompany();
        await().atMost(Duration.ofSeconds(30)).until(() -> live.runtime.companies().active().size() == 4);
    }
}
