package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages, forms and logins over HTTP, with a thousand companies. */
class ConsolePagesTest {

    private static final int COMPANIES = 1000;
    private static final String PASSWORD = "a long pass phrase";
    private static final Map<String, String> ACME = Map.of("company", "1");

    private static Warehouse warehouse;
    private static final ConsoleSeed.RecordedOperations OPERATIONS = new ConsoleSeed.RecordedOperations();
    private static Console open;
    private static Console closed;

    @BeforeAll
    static void start() {
        warehouse = TestWarehouse.ready();
        ConsoleSeed.fill(warehouse, COMPANIES);
        open = Console.open(new Settings.Console("127.0.0.1", 0));
        Secret hash = Secret.of(Logins.hash(PASSWORD));
        closed = Console.open(new Settings.Console("127.0.0.1", 0, List.of(
                new ConsoleLogin("anna", hash, Optional.empty()),
                new ConsoleLogin("victor", hash, Optional.of(new ConsoleLogin.Views(Set.of("beta"))))),
                Optional.empty(), Optional.empty()));
        for (Console console : List.of(open, closed)) {
            console.watch(ConsoleSeed.sources(warehouse, OPERATIONS));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> new ConsoleClient(console).get("observe/health").statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
        warehouse.close();
    }

    private static ConsoleClient stranger() {
        return new ConsoleClient(open);
    }

    private static ConsoleClient loggedIn(String name) {
        ConsoleClient client = new ConsoleClient(closed);
        assertThat(client.logIn(name, PASSWORD)).isEqualTo(303);
        return client;
    }

    @Test
    void theOverviewOfAThousandCompaniesIsThereWithinASecond() {
        stranger().get("");
        long began = System.nanoTime();
        String page = stranger().get("").body();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(page).contains("1,000 of 1,000 companies").doesNotContain("SECRET NAME");
        assertThat(page.split("class=\"company\"")).hasSize(CompanyQuery.PAGE_SIZE + 1);
    }

    @Test
    void companiesAreSearchedFilteredSortedAndPaged() {
        assertThat(stranger().get("?q=company-77").body()).contains("11 of 1,000 companies", "company-770");
        assertThat(stranger().get("?q=77").body()).contains("company-77<", "company-277<");
        assertThat(stranger().get("?filter=paused").body()).contains("1 of 1,000", ">company-3<");
        assertThat(stranger().get("?filter=attention").body()).contains("2 of 1,000", ">acme<", ">beta<");
        assertThat(stranger().get("?sort=alias&page=20").body()).contains("page&#x3D;19")
                .doesNotContain("page&#x3D;21");
        assertThat(stranger().get("?q=nobody").body()).contains("No company is like that");
        assertThat(stranger().get("?page=-1&sort=%22%3E&filter=x&q=%3Cb%3E").statusCode()).isEqualTo(200);
    }

    @Test
    void theFirstLineSaysWhatIsWrongSinceWhenAndWhatToDo() {
        String page = stranger().get("").body();

        assertThat(page).containsPattern("(?s)id=\"headline\">\\d+ warnings<.*<strong>ROUTES_REFUSED</strong> "
                + "streams/quotes.camel.yaml:8.*, since 2\\d{3}-.*Remedy: <span>mend the file");
    }

    @Test
    void aCompanysPageShowsEverythingAndEscapesIt() {
        String page = stranger().get("companies/1").body();

        assertThat(page).contains("customers", "quotes", "2027-03-31", "customers:readonly", "SWEEP_WOULD_DELETE 12",
                "&lt;b&gt;subject&lt;/b&gt;", "<svg class=\"plot\"", "under way", "incomplete", "FEC")
                .doesNotContain("<b>subject", "SECRET NAME");
        assertThat(page).containsPattern("<code class=\"hash\">[0-9a-f]{64}</code>");
        assertThat(stranger().get("companies/2").body()).contains("SERVER_ERROR", "look at it");
        assertThat(stranger().get("companies/2").body()).as("what needs attention first")
                .containsSubsequence(">products<", ">customers<", ">quotes<");
        assertThat(stranger().get("").body()).as("the remedy of what stopped the stream")
                .containsPattern("products SERVER_ERROR.*→ look at it");
        assertThat(stranger().get("companies/5000").statusCode()).isEqualTo(404);
        assertThat(stranger().get("companies/x").statusCode()).isEqualTo(404);
    }

    @Test
    void runsAlarmsRoutesAndProofSayWhatStandsInTheirTables() {
        assertThat(stranger().get("runs").body()).contains("under way", "3 of 3 streams", "incomplete",
                "/companies/1");
        assertThat(stranger().get("runs?kind=verify").body()).contains("all companies", "1,234,567")
                .doesNotContain("incomplete");
        assertThat(stranger().get("alarms").body()).contains("STREAM_STALE", "look at the budget", "TOKEN_REFUSED");
        assertThat(stranger().get("routes").body()).contains("change refused",
                "streams/quotes.camel.yaml:8: no such reading<",
                "→ use keyset", "sftp:.*", "the bank&#39;s files", "abab", "streams/customers.camel.yaml",
                "2026-11-26 07:30:00", "2026-11-27 08:00:00");
        assertThat(stranger().get("proof").body()).contains("1,234,567", "differs", "Digest documents", "anna");
    }

    @Test
    void itSpeaksTheLanguageOfTheBrowserOrTheOneThatIsChosen() {
        assertThat(stranger().get("", "Accept-Language", "fr-FR,fr;q=0.9,en;q=0.8").body())
                .contains("<html lang=\"fr\">", "Sociétés", "corrigez le fichier",
                        "Pennylane a échoué : attendez");
        assertThat(stranger().get("", "Accept-Language", "de, *;q=0.1").body()).contains("<html lang=\"en\">");
        assertThat(stranger().get("", "Accept-Language", ";;;").statusCode()).isEqualTo(200);
        ConsoleClient chooses = stranger();
        HttpResponse<String> chosen = chooses.get("language?to=fr&back=%2Fruns");
        assertThat(chosen.headers().firstValue("Location")).hasValue("/runs");
        assertThat(chooses.get("runs").body()).contains("<html lang=\"fr\">", "Exécutions");
        assertThat(chooses.get("language?to=fr&back=%2F%2Fevil.example").headers().firstValue("Location"))
                .hasValue("/");
    }

    @Test
    void withoutALoginASyncMayBeAskedForAndNothingElse() {
        OPERATIONS.begun.clear();
        ConsoleClient client = stranger();

        HttpResponse<String> done = client.post("/companies/1", "actions/sync", ACME);
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).hasValue("/companies/1?done=sync");
        assertThat(client.get("companies/1?done=sync").body()).contains("A sync was asked for");
        for (String action : List.of("pause", "resume", "retry", "confirm", "accept", "audit", "verify")) {
            assertThat(client.post("/companies/1", "actions/" + action, ACME).statusCode()).as(action).isEqualTo(403);
        }
        assertThat(OPERATIONS.begun).containsExactly("sync 1  by ");
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        OPERATIONS.begun.clear();

        assertThat(stranger().post("", "actions/sync", ACME).statusCode()).isEqualTo(403);
        assertThat(stranger().post("/companies/1", "actions/sync", ACME, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(stranger().post("/companies/1", "actions/sync", ACME, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(stranger().post("/companies/1", "actions/sync", ACME, "X-Forwarded-For", "192.0.2.1").statusCode())
                .isEqualTo(403);
        assertThat(stranger().get("actions/sync?company=1").statusCode()).isEqualTo(404);
        assertThat(OPERATIONS.begun).isEmpty();
    }

    @Test
    void whereALoginIsConfiguredPagesAskForItAndMachinesDoNot() {
        ConsoleClient client = new ConsoleClient(closed);

        for (String path : List.of("", "companies/1", "runs", "alarms", "routes", "proof", "status.json", "nowhere")) {
            assertThat(client.get(path).headers().firstValue("Location")).as(path).hasValue("/login");
        }
        assertThat(client.post("/login", "actions/pause", ACME).statusCode()).isEqualTo(303);
        assertThat(client.get("observe/health").statusCode()).isEqualTo(200);
        assertThat(client.get("observe/metrics").statusCode()).isEqualTo(200);
        assertThat(client.logIn("anna", "wrong")).isEqualTo(401);
        assertThat(client.logIn("nobody", PASSWORD)).isEqualTo(401);
    }

    @Test
    void anOperatorMayDoEverythingAndTheSessionEndsWithTheLogout() {
        OPERATIONS.begun.clear();
        ConsoleClient anna = loggedIn("anna");

        anna.post("/companies/1", "actions/pause", ACME);
        anna.post("/companies/1", "actions/confirm", Map.of("company", "1", "subject", "2"));
        anna.post("/proof", "actions/verify", Map.of());
        assertThat(anna.post("/companies/1", "actions/resume", ACME).headers().firstValue("Location"))
                .hasValue("/companies/1?refused=NOTHING_CHANGED");
        assertThat(OPERATIONS.begun).containsExactly("pause 1  by anna", "confirm 1 2 by anna", "verify all  by anna",
                "resume 1  by anna");
        anna.post("/", "logout", Map.of());
        assertThat(anna.get("").statusCode()).isEqualTo(303);
    }

    @Test
    void aViewerSeesItsCompaniesAndMayDoNothing() {
        OPERATIONS.begun.clear();
        ConsoleClient victor = loggedIn("victor");

        for (String path : List.of("", "runs", "alarms", "proof", "status.json")) {
            assertThat(victor.get(path).body()).as(path).doesNotContain("acme", "company-3");
        }
        assertThat(victor.get("").body()).contains("beta");
        assertThat(victor.get("companies/2").body()).contains("SERVER_ERROR").doesNotContain("/actions/");
        assertThat(victor.get("companies/1").statusCode()).isEqualTo(404);
        assertThat(victor.post("/companies/2", "actions/sync", Map.of("company", "2")).statusCode()).isEqualTo(403);
        assertThat(OPERATIONS.begun).isEmpty();
    }

    @Test
    void pagesForbidWhatTheyDoNotNeed() {
        HttpResponse<String> page = stranger().get("");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(stranger().get("style.css").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/css");
    }
}
