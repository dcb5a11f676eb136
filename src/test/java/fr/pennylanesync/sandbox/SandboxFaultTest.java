package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultPlanFile;
import fr.pennylanesync.sandbox.fault.FaultRule;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault can be seen, and only where it was planned. */
class SandboxFaultTest {

    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
        caller = new Caller(sandbox, 0);
    }

    @AfterEach
    void clear() {
        sandbox.faults().clear();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"TOO_MANY_REQUESTS,429", "INTERNAL_ERROR,500", "BAD_GATEWAY,502", "UNAVAILABLE,503",
            "GATEWAY_TIMEOUT,504"})
    void errorsStrikeOnceAndCarryTheBudget(FaultKind kind, int status) {
        plan(FaultRule.onRequests(kind, 2L));
        long before = sandbox.faults().count(kind);
        List<HttpResponse<String>> responses = IntStream.range(0, 3).mapToObj(i -> caller.get("/customers")).toList();
        assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(200, status, 200);
        assertThat(responses.get(1).headers().map()).containsKeys("ratelimit-remaining", "date");
        assertThat(sandbox.faults().count(kind)).isEqualTo(before + 1);
    }

    @Test
    void aResetConnectionGivesNoAnswer() {
        plan(FaultRule.always(FaultKind.RESET));
        assertThatThrownBy(() -> caller.get("/customers")).isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.requests().all()).anyMatch(request -> request.status() == 0);
    }

    @Test
    void aGoodCursorExpires() {
        String cursor = page("/products", 3, null).path("next_cursor").asText();
        plan(FaultRule.always(FaultKind.EXPIRED_CURSOR));
        assertThat(caller.get("/products", "limit", 3).statusCode()).isEqualTo(200);
        assertThat(caller.get("/products", "limit", 3, "cursor", cursor).statusCode()).isEqualTo(400);
    }

    @Test
    void aPageIsRepeatedWhileTheCursorMovesOn() {
        JsonNode honest = walkTwo("/products", 3);
        plan(FaultRule.onRequests(FaultKind.REPEATED_PAGE, 1L));
        JsonNode first = page("/products", 3, null);
        JsonNode second = page("/products", 3, first.path("next_cursor").asText());
        assertThat(second.path("items")).isEqualTo(first.path("items"));
        assertThat(second.path("next_cursor")).isEqualTo(honest.path("next_cursor"));
    }

    @Test
    void aPageLosesItsTail() {
        JsonNode honest = page("/products", 6, null);
        plan(FaultRule.always(FaultKind.SHORTENED_PAGE));
        JsonNode shortened = page("/products", 6, null);
        assertThat(shortened.path("items").size()).isLessThan(6);
        assertThat(shortened.path("has_more").asBoolean()).isTrue();
        assertThat(shortened.path("next_cursor")).isEqualTo(honest.path("next_cursor"));
    }

    @Test
    void theCursorLoops() {
        String cursor = page("/products", 3, null).path("next_cursor").asText();
        plan(FaultRule.always(FaultKind.CURSOR_LOOP));
        assertThat(page("/products", 3, cursor).path("next_cursor").asText()).isEqualTo(cursor);
    }

    @Test
    void anItemIsNull() {
        plan(FaultRule.always(FaultKind.NULL_ITEM));
        assertThat(page("/products", 5, null).path("items")).filteredOn(JsonNode::isNull).hasSize(1);
    }

    @Test
    void aPageIsOutOfOrder() {
        plan(FaultRule.always(FaultKind.UNSORTED_PAGE));
        List<Long> ids = new ArrayList<>();
        page("/products", 5, null).path("items").forEach(item -> ids.add(item.path("id").asLong()));
        assertThat(ids.get(0)).isLessThan(ids.get(4));
    }

    @Test
    void aRowFallsOutsideTheFilter() {
        plan(FaultRule.always(FaultKind.OUTSIDE_FILTER));
        JsonNode items = caller.json("/ledger_entry_lines", "filter", Caller.filter("date", "gteq", "\"2026-01-01\""))
                .path("items");
        assertThat(items.get(items.size() - 1).path("date").asText()).isLessThan("2026-01-01");
        assertThat(page("/products", 3, null).path("items")).as("no filter, no fault").hasSize(3);
    }

    @Test
    void theBodyIsCutShort() {
        plan(FaultRule.always(FaultKind.TRUNCATED_BODY));
        assertThatThrownBy(() -> caller.get("/customers")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void success200HoldsSomethingElse() {
        plan(FaultRule.onRequests(FaultKind.ERROR_IN_200, 1L), FaultRule.always(FaultKind.HTML_IN_200));
        assertThat(caller.json("/customers").path("error").isTextual()).isTrue();
        HttpResponse<String> html = caller.get("/customers");
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.body()).startsWith("<!DOCTYPE html>");
        assertThat(html.headers().map()).containsKey("ratelimit-remaining");
    }

    @Test
    void theBodyDrips() {
        String whole = caller.get("/products").body();
        plan(FaultRule.always(FaultKind.DRIP).lasting(Duration.ofMillis(400)));
        long start = System.nanoTime();
        assertThat(caller.get("/products").body()).isEqualTo(whole);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void theSameSeedStrikesTheSameRequests() {
        List<List<Integer>> runs = IntStream.range(0, 2).mapToObj(run -> {
            sandbox.faults().use(new FaultPlan(9, List.of(FaultRule.withProbability(FaultKind.UNAVAILABLE, 0.4))));
            return IntStream.range(0, 20).mapToObj(i -> caller.get("/me").statusCode()).toList();
        }).toList();
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 503);
    }

    @Test
    void aPlanIsReadFromAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("faults.yaml"), """
                seed: 7
                faults:
                  - kind: unavailable
                    probability: 0.02
                  - kind: repeated_page
                    requests: [2, 9]
                    path: /customer_invoices
                    company: 51017
                    limit: 1
                  - kind: drip
                    probability: 0.1
                    duration: 300ms
                """);
        FaultPlan plan = FaultPlanFile.read(file);
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.rules()).containsExactly(FaultRule.withProbability(FaultKind.UNAVAILABLE, 0.02),
                FaultRule.onRequests(FaultKind.REPEATED_PAGE, 2L, 9L).onPath("/customer_invoices").onCompany(51017)
                        .atMost(1),
                FaultRule.withProbability(FaultKind.DRIP, 0.1).lasting(Duration.ofMillis(300)));
    }

    @ParameterizedTest
    @CsvSource({"'faults: 1'", "'faults: [{kind: nonsense}]'", "'faults: [{kind: drip, chance: 1}]'",
            "'faults: [{kind: drip, probability: 2}]'",
            "'faults: [{kind: drip, duration: long}]'"})
    void aWrongPlanIsRefused(String yaml, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("faults.yaml"), yaml);
        assertThatIllegalArgumentException().isThrownBy(() -> FaultPlanFile.read(file));
    }

    private static void plan(FaultRule... rules) {
        sandbox.faults().use(FaultPlan.of(rules));
    }

    private static JsonNode page(String path, int limit, String cursor) {
        return cursor == null ? caller.json(path, "limit", limit) : caller.json(path, "limit", limit, "cursor", cursor);
    }

    private static JsonNode walkTwo(String path, int limit) {
        return page(path, limit, page(path, limit, null).path("next_cursor").asText());
    }
}
