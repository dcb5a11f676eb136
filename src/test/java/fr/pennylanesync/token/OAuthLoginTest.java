package fr.pennylanesync.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.OAuthLogin.OAuthClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner's application is let into a company of the sandbox, by a browser that this test plays. */
class OAuthLoginTest {

    private static final String ID = "app";
    private static final String SECRET = "app-secret";
    private static final List<String> SCOPES = List.of("customers:readonly", "journals:readonly");

    private static Sandbox sandbox;
    private static ApiBase base;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(2).withRecords(20).withRateLimit(RateLimit.OFF));
        sandbox.registerApplication(ID, SECRET);
        base = ApiBase.of(sandbox.baseUri());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void theBrowserBringsTheCodeAndTheFileHoldsWhatIsNeeded() throws Exception {
        long company = sandbox.companies().get(1).id();
        sandbox.consent(Optional.of(company));
        try (OAuthCallback callback = OAuthCallback.listen(0); OAuthLogin login = login(callback.address())) {
            assertThat(get(agreed(login)).statusCode()).isEqualTo(200);
            String query = callback.await(Duration.ofSeconds(10)).orElseThrow();
            NewToken token = login.exchange(login.code(query));
            TokenDirectory tokens = directory();
            tokens.add("acme", token);

            Path file = directory.resolve("acme.oauth");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(tokens.scan().usable("acme").orElseThrow().token()).isEqualTo(token.secret());
            assertThat(token.toString()).doesNotContain(token.secret().reveal(), SECRET);
            assertThat(me(token.secret())).contains("\"id\":" + company, SCOPES.get(0), SCOPES.get(1));
            assertThatThrownBy(() -> login.exchange(login.code(query))).as("a code works once")
                    .hasMessageContaining("OAUTH_REFUSED");
            assertThatThrownBy(() -> tokens.add("acme", token)).hasMessageContaining("ALIAS_EXISTS");
        }
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() throws Exception {
        sandbox.consent(Optional.of(sandbox.companies().get(0).id()));
        URI redirect = URI.create("http://127.0.0.1:9/callback");
        try (OAuthLogin mine = login(redirect); OAuthLogin other = login(redirect)) {
            String foreign = agreed(other).toString();
            assertThatThrownBy(() -> mine.code(foreign)).hasMessageContaining("OAUTH_STATE_DIFFERS");
            assertThatThrownBy(() -> mine.code("code=abc")).hasMessageContaining("OAUTH_STATE_DIFFERS");
            assertThat(mine.code(" abc-def\n").reveal()).as("a code that a person copied").isEqualTo("abc-def");
            assertThat(other.exchange(other.code(foreign)).ending()).isEqualTo(".oauth");
        }
    }

    @Test
    void accessThatIsDeniedIsSaid() throws Exception {
        sandbox.consent(Optional.empty());
        try (OAuthLogin login = login(URI.create("http://127.0.0.1:9/callback"))) {
            String denied = agreed(login).toString();
            assertThatThrownBy(() -> login.code(denied)).hasMessageContaining("OAUTH_DENIED");
        }
    }

    private static OAuthLogin login(URI redirect) {
        return new OAuthLogin(base, HttpSettings.DEFAULT, InstantSource.system(),
                new OAuthClient(Secret.of(ID), Secret.of(SECRET), redirect));
    }

    private TokenDirectory directory() {
        return new TokenDirectory(directory, text -> text,
                new OAuthRefresher(base, HttpSettings.DEFAULT, InstantSource.system()));
    }

    /** Follows the page to where Pennylane sends the browser. */
    private static URI agreed(OAuthLogin login) throws IOException, InterruptedException {
        return URI.create(get(login.page(SCOPES)).headers().firstValue("location").orElseThrow());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String me(Secret token) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(sandbox.baseUri() + "/me"))
                .header("Authorization", "Bearer " + token.reveal()).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
