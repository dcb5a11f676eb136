package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.settings.ConsoleLogin.Views;
import fr.pennylanesync.settings.ConsoleOidc;
import fr.pennylanesync.settings.ConsoleOidc.Claim;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People log in by an OpenID provider, which is spoken to over HTTP. */
class OpenIdLoginTest {

    private static final Map<String, Object> ANNA =
            Map.of("preferred_username", "anna", "groups", List.of("staff", "keepers"));
    private static final Map<String, String> ACME = Map.of("company", "1");

    private static final OpenIdProvider PROVIDER = new OpenIdProvider();
    private static final ConsoleSeed.RecordedOperations OPERATIONS = new ConsoleSeed.RecordedOperations();
    private static Warehouse warehouse;
    private static Console console;

    @BeforeAll
    static void start() throws IOException {
        warehouse = TestWarehouse.ready();
        ConsoleSeed.fill(warehouse, 4);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ConsoleOidc oidc = new ConsoleOidc(PROVIDER.issuer(), OpenIdProvider.CLIENT, Secret.of(OpenIdProvider.SECRET),
                URI.create("http://127.0.0.1:" + port + ConsoleOidc.CALLBACK_PATH), List.of(
                        new Claim("groups", "keepers")),
                Map.of(new Claim("groups", "clerks"), new Views(Set.of("beta")),
                        new Claim("email", "v@firm.example"), new Views(Set.of("company-4")),
                        new Claim("realm.roles", "auditor"), new Views(Set.of())));
        console = Console.open(
                new Settings.Console("127.0.0.1", port, List.of(), Optional.empty(), Optional.of(oidc)));
        console.watch(ConsoleSeed.sources(warehouse, OPERATIONS));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> new ConsoleClient(console).get("observe/health").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        console.close();
        PROVIDER.close();
        warehouse.close();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Goes the way of a browser as far as the console's own address that the provider leads back to. */
    private static String back(ConsoleClient client) {
        return location(client.visit(location(client.get("login/openid"))));
    }

    private static String logIn(ConsoleClient client) {
        return location(client.visit(back(client)));
    }

    private static ConsoleClient loggedIn(Map<String, Object> person) {
        PROVIDER.is(person);
        ConsoleClient client = new ConsoleClient(console);
        assertThat(logIn(client)).isEqualTo("/");
        return client;
    }

    @Test
    void anOperatorLogsInMayActAndIsNamedInTheTrail() {
        OPERATIONS.begun.clear();
        ConsoleClient anna = loggedIn(ANNA);

        assertThat(anna.get("").body()).contains("acme", "anna [4711]");
        anna.post("/companies/1", "actions/pause", ACME);
        assertThat(OPERATIONS.begun).containsExactly("pause 1  by anna [4711]");
        anna.post("/", "logout", Map.of());
        assertThat(location(anna.get(""))).isEqualTo("/login");
    }

    @Test
    void theLoginPageLeadsToTheProviderWithAChallengeAndTakesNoPassword() {
        ConsoleClient client = new ConsoleClient(console);

        assertThat(location(client.get("runs"))).isEqualTo("/login");
        assertThat(client.get("login").body()).contains("/login/openid", "Log in by 127.0.0.1")
                .doesNotContain("password");
        HttpResponse<String> begun = client.get("login/openid");
        assertThat(OpenIdProvider.parameters(URI.create(location(begun)).getRawQuery()))
                .containsEntry("code_challenge_method", "S256").containsEntry("response_type", "code")
                .containsEntry("client_id", OpenIdProvider.CLIENT).containsEntry("scope", "openid profile email")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HTTPOnly", "SameSite=Lax", "Path=/login/callback").doesNotContain("pennylane-sync=");
    }

    @Test
    void aViewerSeesWhatItsClaimsTogetherLetItAndMayDoNothing() {
        ConsoleClient clerk = loggedIn(Map.of("groups", "clerks", "email", "v@firm.example", "email_verified", true));

        assertThat(clerk.get("").body()).contains("beta", "company-4").doesNotContain("acme", "company-3");
        assertThat(clerk.get("companies/1").statusCode()).isEqualTo(404);
        assertThat(clerk.post("/companies/2", "actions/sync", Map.of("company", "2")).statusCode()).isEqualTo(403);
        assertThat(loggedIn(Map.of("realm", Map.of("roles", List.of("auditor")))).get("").body()).contains("acme",
                "company-3");
    }

    @Test
    void whoHasNoneOfTheClaimsSeesNothingAndIsTold() {
        for (Map<String, Object> person : List.of(Map.<String, Object>of(), Map.<String, Object>of("groups", "others"),
                Map.<String, Object>of("email", "v@firm.example"),
                Map.<String, Object>of("email", "v@firm.example", "email_verified", false))) {
            PROVIDER.is(person);
            ConsoleClient client = new ConsoleClient(console);
            assertThat(logIn(client)).as("%s", person).isEqualTo("/login?failed=OPENID_LOGIN_NOT_ALLOWED");
            assertThat(location(client.get(""))).isEqualTo("/login");
        }
        assertThat(new ConsoleClient(console).get("login?failed=OPENID_LOGIN_NOT_ALLOWED&lang=fr").body())
                .contains("Le service de connexion vous connaît");
    }

    private static void assertRefused() {
        ConsoleClient client = new ConsoleClient(console);
        assertThat(logIn(client)).isEqualTo("/login?failed=OPENID_LOGIN_REFUSED");
        assertThat(location(client.get(""))).isEqualTo("/login");
    }

    @ParameterizedTest
    @CsvSource({"aud, another", "aud,", "iss, http://elsewhere.example", "iss,", "nonce, replayed", "nonce,",
            "azp, another", "sub,", "exp,", "iat,"})
    void anIdTokenWithAWrongClaimIsRefused(String claim, String value) {
        PROVIDER.is(ANNA);
        PROVIDER.lies(claim, value);
        assertRefused();
    }

    @Test
    void anIdTokenOfAnotherTimeOrForSeveralIsRefused() {
        long now = Instant.now().getEpochSecond();
        for (Map<String, Object> wrong : List.of(Map.<String, Object>of("exp", now - 60),
                Map.<String, Object>of("iat", now + 600), Map.<String, Object>of("nbf", now + 600),
                Map.<String, Object>of("aud", List.of(OpenIdProvider.CLIENT, "another")))) {
            PROVIDER.is(ANNA);
            PROVIDER.lies(claims -> {
                claims.putAll(wrong);
                return claims;
            });
            assertRefused();
        }
    }

    @Test
    void aSignatureThatIsNotTheIssuersIsRefused() {
        PROVIDER.is(ANNA);
        PROVIDER.signsWith(OpenIdProvider.keys());
        assertRefused();
        PROVIDER.is(ANNA);
        PROVIDER.signsNothing();
        assertRefused();
    }

    @Test
    void keysThatTheIssuerExchangedAreTakenAtOnce() {
        PROVIDER.exchangesItsKeys();

        assertThat(loggedIn(ANNA).get("").statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasNotBegunByThisBrowserIsRefused() {
        PROVIDER.is(ANNA);
        ConsoleClient victim = new ConsoleClient(console);
        String othersCode = back(new ConsoleClient(console));

        assertThat(location(victim.visit(othersCode))).as("without a cookie")
                .isEqualTo("/login?failed=OPENID_LOGIN_REFUSED");
        back(victim);
        assertThat(location(victim.visit(othersCode))).as("the state of another")
                .isEqualTo("/login?failed=OPENID_LOGIN_REFUSED");
        String own = back(victim);
        assertThat(location(victim.visit(own.replaceFirst("state=.", "state=~")))).as("another state")
                .isEqualTo("/login?failed=OPENID_LOGIN_REFUSED");
        String used = back(victim);
        victim.visit(used);
        assertThat(location(victim.visit(used))).as("a second time").isEqualTo("/login?failed=OPENID_LOGIN_REFUSED");
    }

    @Test
    void aProviderThatIsAwayIsSaidAndNothingElseStops() {
        PROVIDER.is(ANNA);
        ConsoleClient client = new ConsoleClient(console);
        String back = back(client);
        PROVIDER.isAway();

        assertThat(location(client.visit(back))).isEqualTo("/login?failed=OPENID_PROVIDER_AWAY");
        assertThat(client.get("observe/health").statusCode()).isEqualTo(200);
    }
}
