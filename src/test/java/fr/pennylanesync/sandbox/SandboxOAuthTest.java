package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens that last a day, refresh tokens that are good once. */
class SandboxOAuthTest {

    private final AdjustableClock clock = AdjustableClock.stoppedAt(Instant.parse("2026-11-20T10:00:00Z"));
    private Sandbox sandbox;
    private OAuthCredentials credentials;
    private long company;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withClock(clock));
        company = sandbox.companies().get(1).id();
        credentials = sandbox.issueOAuth(company);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void theAccessTokenOpensItsCompanyForADay() {
        assertThat(companyOf(credentials.accessToken())).isEqualTo(company);
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(companyOf(credentials.accessToken())).isEqualTo(company);
        clock.advance(Duration.ofSeconds(1));
        assertThat(me(credentials.accessToken()).statusCode()).isEqualTo(401);
    }

    @Test
    void refreshingRotatesBothTokensAndKillsTheOldOnesAtOnce() {
        JsonNode granted = Caller.parse(refresh(credentials.refreshToken()).body());
        assertThat(granted.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(granted.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(companyOf(granted.path("access_token").asText())).isEqualTo(company);
        assertThat(me(credentials.accessToken()).statusCode()).isEqualTo(401);
        assertThat(refresh(credentials.refreshToken()).statusCode()).isEqualTo(400);
        assertThat(refresh(granted.path("refresh_token").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenLastsNinetyDays() {
        clock.advance(Duration.ofDays(89));
        String next = Caller.parse(refresh(credentials.refreshToken()).body()).path("refresh_token").asText();
        clock.advance(Duration.ofDays(90));
        HttpResponse<String> refused = refresh(next);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Caller.parse(refused.body()).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aCompanyTokenIsNotTouchedAndRevokingTakesAll() {
        assertThat(sandbox.companies().get(1).token()).isNotEqualTo(credentials.accessToken());
        sandbox.revoke(company);
        assertThat(me(credentials.accessToken()).statusCode()).isEqualTo(401);
        assertThat(refresh(credentials.refreshToken()).statusCode()).isEqualTo(400);
    }

    @Test
    void jsonIsAsGoodAsAForm() {
        String json =
                ("{\"grant_type\":\"refresh_token\",\"client_id\":\"%s\",\"client_secret\":\"%s\","
                        + "\"refresh_token\":\"%s\"}")
                        .formatted(credentials.clientId(), credentials.clientSecret(), credentials.refreshToken());
        assertThat(Caller.post(credentials.tokenUri(), "application/json", json).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"grant_type=refresh_token,401,invalid_client",
            "grant_type=refresh_token&client_id=ID&client_secret=no,401,invalid_client",
            "client_id=ID&client_secret=SECRET,400,invalid_request",
            "grant_type=refresh_token&client_id=ID&client_secret=SECRET,400,invalid_request",
            "grant_type=password&client_id=ID&client_secret=SECRET,400,unsupported_grant_type",
            "grant_type=refresh_token&client_id=ID&client_secret=SECRET&refresh_token=no,400,invalid_grant"})
    void wrongRequestsAreRefused(String form, int status, String code) {
        HttpResponse<String> response =
                post(form.replace("ID", credentials.clientId()).replace("SECRET", credentials.clientSecret()));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Caller.parse(response.body()).path("error").asText()).isEqualTo(code);
        assertThat(companyOf(credentials.accessToken())).as("nothing was spent").isEqualTo(company);
    }

    private HttpResponse<String> refresh(String refreshToken) {
        return post("grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s"
                .formatted(credentials.clientId(), credentials.clientSecret(), refreshToken));
    }

    private HttpResponse<String> post(String form) {
        return Caller.post(credentials.tokenUri(), "application/x-www-form-urlencoded", form);
    }

    private HttpResponse<String> me(String token) {
        return new Caller(sandbox.baseUri(), token).get("/me");
    }

    private long companyOf(String token) {
        return Caller.parse(me(token).body()).path("company").path("id").asLong();
    }
}
