package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, scopes and the rate limit. */
class SandboxGateTest {

    private final AdjustableClock clock = AdjustableClock.stoppedAt(Instant.parse("2026-11-20T10:00:00.400Z"));
    private Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withClock(clock));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void twentyFiveRequestsPassThenPlainText429UntilTheWindowSlides() {
        Caller caller = new Caller(sandbox, 0);
        for (int i = 1; i <= 25; i++) {
            HttpResponse<String> response = caller.get("/me");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "ratelimit-remaining")).isEqualTo(25 - i);
        }
        clock.advance(Duration.ofSeconds(3));
        HttpResponse<String> refused = caller.get("/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        assertThat(refused.body()).isEqualTo("Rate limit exceeded. Please retry in 2 seconds.");
        assertThat(header(refused, "retry-after")).isEqualTo(2);
        assertThat(header(refused, "ratelimit-reset"))
                .isEqualTo(Instant.parse("2026-11-20T10:00:06Z").getEpochSecond());
        assertThat(new Caller(sandbox, 1).get("/me").statusCode()).as("another token has its own budget")
                .isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        assertThat(caller.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void fixedWindowsStartAgainTogether() {
        restart(SandboxOptions.defaults().withClock(clock).withRateLimit(RateLimit.parse("3/5s:fixed")));
        Caller caller = new Caller(sandbox, 0);
        clock.advance(Duration.ofSeconds(4));
        List.of(1, 2, 3).forEach(i -> assertThat(caller.get("/me").statusCode()).isEqualTo(200));
        assertThat(caller.get("/me").statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void strangersSpendNobodysBudget() {
        Caller stranger = new Caller(sandbox.baseUri(), "guess");
        for (int i = 0; i < 40; i++) {
            assertThat(stranger.get("/me").statusCode()).isEqualTo(401);
        }
        assertThat(stranger.get("/me").body()).isEqualTo("{\"error\":\"The access token is invalid\",\"status\":401}");
        assertThat(new Caller(sandbox.baseUri(), "").get("/me").statusCode()).isEqualTo(401);
        assertThat(header(new Caller(sandbox, 0).get("/me"), "ratelimit-remaining")).isEqualTo(24);
        assertThat(sandbox.requests().all()).filteredOn(request -> request.tokenCompanyId().isEmpty()).hasSize(42);
    }

    @Test
    void aMissingScopeIsNamed() {
        long id = sandbox.companies().get(0).id();
        sandbox.setScopes(id, List.of("customers:all"));
        Caller caller = new Caller(sandbox, 0);
        assertThat(caller.get("/customers").statusCode()).isEqualTo(200);
        assertThat(caller.get("/transactions").body()).isEqualTo(
                "{\"error\":\"Access to this resource requires scope \\\"transactions:readonly\\\".\",\"status\":403}");
        HttpResponse<String> guide = caller.get("/transactions/1/categories");
        assertThat(guide.statusCode()).isEqualTo(403);
        assertThat(guide.body()).contains("\"error\":\"forbidden\"", "Missing scope: transactions:readonly");
        assertThat(caller.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void tokensAreRevokedRotatedIssuedAndSwapped() {
        List<SandboxCompany> before = sandbox.companies();
        long one = before.get(0).id();
        long two = before.get(1).id();
        sandbox.swapTokens(one, two);
        assertThat(new Caller(sandbox.baseUri(), before.get(0).token()).json("/me").path("company").path("id").asLong())
                .isEqualTo(two);
        sandbox.swapTokens(one, two);
        String second = sandbox.issueToken(one);
        assertThat(new Caller(sandbox.baseUri(), before.get(0).token()).get("/me").statusCode()).isEqualTo(200);
        String third = sandbox.rotateToken(one);
        assertThat(List.of(before.get(0).token(), second))
                .allMatch(token -> new Caller(sandbox.baseUri(), token).get("/me").statusCode() == 401);
        assertThat(new Caller(sandbox.baseUri(), third).get("/me").statusCode()).isEqualTo(200);
        sandbox.revoke(one);
        assertThat(sandbox.companies().get(0).token()).isEmpty();
        SandboxCompany added = sandbox.addCompany();
        assertThat(new Caller(sandbox, 3).json("/me").path("company").path("id").asLong()).isEqualTo(added.id());
    }

    @Test
    void tokenFilesAreForTheirOwnerOnly(@TempDir Path directory) throws Exception {
        Path tokens = directory.resolve("tokens");
        sandbox.writeTokens(tokens);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens))).isEqualTo("rwx------");
        for (SandboxCompany company : sandbox.companies()) {
            Path file = tokens.resolve(company.alias() + ".token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(Files.readString(file).strip()).isEqualTo(company.token());
        }
    }

    private void restart(SandboxOptions options) {
        sandbox.close();
        sandbox = Sandbox.start(options);
    }

    private static long header(HttpResponse<?> response, String name) {
        return response.headers().firstValueAsLong(name).orElseThrow();
    }
}
