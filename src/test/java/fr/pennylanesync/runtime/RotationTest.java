package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's token changes while its first sync runs: nobody notices, nothing is missing. */
class RotationTest {

    private static final Map<String, String> UNPACED =
            Map.of("pennylane.rate.requests", "10000", "pennylane.rate.window", "1s");
    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF)
                    .withLatency(Duration.ofMillis(20));
    /** Requests of a company that may be under way at once: its streams and their sub-lists. */
    private static final int PARALLEL_MAX = 64;

    @TempDir
    Path home;

    @Test
    void rotateMeetsNoRefusalAtAll() {
        try (Installation here = new Installation(OPTIONS, home, UNPACED)) {
            syncWhile(here, (company, next) -> {
                here.runtime.companies().rotate(company.alias(), Secret.of(next), List.of("customers"));
                // Those under way with the old token finish with it.
                awaitRequests(here, here.sandbox.requests().total() + PARALLEL_MAX);
            });
            assertThat(refused(here)).isEmpty();
            assertThat(home.resolve("tokens").resolve(here.sandbox.companies().get(0).alias() + ".token"))
                    .isRegularFile();
        }
    }

    @Test
    void aReplacedFileIsFoundByOneLook() {
        assertFoundByOneLook(".token");
    }

    @Test
    void theNextFileIsFoundByOneLook() {
        assertFoundByOneLook(".token.next");
    }

    /** The old token is revoked before anybody has read the directory again. */
    private void assertFoundByOneLook(String ending) {
        try (Installation here = new Installation(OPTIONS, home, UNPACED)) {
            long before = here.sandbox.requests().all().stream().filter(RotationTest::isMe).count();
            syncWhile(here, (company, next) -> here.write(company.alias() + ending, next));
            // One verification as the sync begins, one look; the requests that met the 401 were sent again with what it
            // found.
            assertThat(here.sandbox.requests().all().stream().filter(RotationTest::isMe).count() - before).isEqualTo(2);
            assertThat(refused(here)).isNotEmpty().hasSizeLessThanOrEqualTo(PARALLEL_MAX).noneMatch(RotationTest::isMe);
            assertThat(here.loggedEvents("token_replaced_after_refusal")).isEqualTo(1);
            here.runtime.refreshCompanies();
            assertThat(here.runtime.companies().refusals()).isEmpty();
        }
    }

    private static void syncWhile(Installation here, BiConsumer<SandboxCompany, String> rotation) {
        SandboxCompany company = here.sandbox.companies().get(0);
        CompletableFuture<Void> rotating = CompletableFuture.runAsync(() -> {
            awaitRequests(here, 40);
            String next = here.sandbox.issueToken(company.id());
            rotation.accept(company, next);
            here.sandbox.revoke(company.token());
        });
        here.sync();
        assertThat(rotating).as("rotated before the sync ended").isCompleted();
        assertThat(here.progress(company)).extracting(StreamSync::outcome).containsOnly(StreamOutcome.COMPLETE);
        assertThat(here.loggedEvents("stream_stopped") + here.loggedEvents("company_refused")).isZero();
        assertThat(here.differences(company, here.streams())).isEmpty();
    }

    private static void awaitRequests(Installation here, long total) {
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1))
                .until(() -> here.sandbox.requests().total() >= total);
    }

    private static List<LoggedRequest> refused(Installation here) {
        return here.sandbox.requests().all().stream().filter(request -> request.status() == 401).toList();
    }

    private static boolean isMe(LoggedRequest request) {
        return request.path().endsWith("/me");
    }
}
