package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of the change feeds, and their undocumented habits. */
class SandboxFeedTest {

    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final String FEED = "ledger_entry_lines";

    private final AdjustableClock clock = AdjustableClock.stoppedAt(START);
    private Sandbox sandbox;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void eventsComeOldestFirstWithTheSandboxsTime() {
        start(options());
        step(3);
        List<JsonNode> events = events();
        assertThat(events).extracting(event -> event.path("processed_at").asText()).isSorted()
                .containsOnly("2026-11-16T08:00:00.000000Z", "2026-11-16T08:00:10.000000Z",
                        "2026-11-16T08:00:20.000000Z");
        assertThat(events("limit", 3)).as("pages cut through ties").isEqualTo(events);
    }

    @Test
    void startIsInclusiveUnlessToldOtherwise() {
        start(options());
        step(2);
        assertThat(events("start_date", "2026-11-16T08:00:10Z")).hasSameSizeAs(at(events(), 10)).isNotEmpty();
        assertThat(events("start_date", "2026-11-16T09:00:10+01:00")).hasSameSizeAs(at(events(), 10));
        assertThat(events("start_date", "2026-11-16T08:00:10.000001Z")).isEmpty();
        assertThat(events("start_date", "2027-01-01T00:00:00Z")).isEmpty();
        stop();
        clock.advance(Duration.between(clock.instant(), START));
        start(options().withExclusiveStart(true));
        step(2);
        assertThat(events("start_date", "2026-11-16T08:00:10Z")).isEmpty();
        assertThat(events("start_date", "2026-11-16T08:00:09.999999Z")).isEqualTo(at(events(), 10));
    }

    @Test
    void wrongQuestionsAreRefused() {
        start(options());
        step(3);
        String cursor = caller().json("/changelogs/" + FEED, "limit", 1).path("next_cursor").asText();
        assertThat(caller().get("/changelogs/" + FEED, "cursor", cursor, "start_date", "2026-11-16T08:00:00Z")
                .statusCode()).isEqualTo(400);
        assertThat(caller().get("/changelogs/" + FEED, "start_date", "2026-11-16").statusCode()).isEqualTo(400);
        assertThat(caller().get("/changelogs/" + FEED, "sort", "id").statusCode()).isEqualTo(400);
        HttpResponse<String> old = caller().get("/changelogs/" + FEED, "start_date", START.minus(Duration.ofDays(29)));
        assertThat(old.statusCode()).isEqualTo(422);
        assertThat(Caller.parse(old.body()).path("status").asInt()).isEqualTo(422);
    }

    @Test
    void eventsAreForgottenAfterFourWeeks() {
        start(options());
        step(1);
        clock.advance(Duration.ofDays(20));
        int before = events().size();
        sandbox.mutate(new Random(2), 50);
        int both = events().size();
        clock.advance(Duration.ofDays(9));
        assertThat(events()).hasSize(both - before).isNotEmpty();
        clock.advance(Duration.ofDays(28));
        assertThat(events()).isEmpty();
    }

    @Test
    void lateEventsTurnUpBehindOthers() {
        start(options().withLateEvents(0.3, Duration.ofSeconds(25)));
        step(1);
        List<JsonNode> early = events();
        step(2);
        clock.advance(Duration.ofSeconds(30));
        List<JsonNode> whole = events();
        List<JsonNode> lateOnes = at(whole, 0).stream().filter(event -> !early.contains(event)).toList();
        assertThat(lateOnes).isNotEmpty();
        assertThat(whole).extracting(event -> event.path("processed_at").asText()).isSorted();
        long announced = sandbox.mutations().stream().flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> touch.announced() && touch.stream().equals(FEED)).count();
        assertThat(whole).as("nothing is lost in the end").hasSize((int) announced);
    }

    @Test
    void repeatedEventsAreTheSameEvents() {
        start(options().withRepeatedEvents(0.5));
        step(2);
        List<JsonNode> events = events();
        long announced = sandbox.mutations().stream().flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> touch.announced() && touch.stream().equals(FEED)).count();
        assertThat((long) events.size()).isGreaterThan(announced * 5 / 4);
        assertThat(new HashSet<>(events).size()).isLessThanOrEqualTo((int) announced);
    }

    /** Mutates, then lets 10 s go by, so many times. */
    private void step(int times) {
        Random random = new Random(times);
        for (int i = 0; i < times; i++) {
            sandbox.mutate(random, 60);
            clock.advance(Duration.ofSeconds(i + 1 < times ? 10 : 0));
        }
    }

    private List<JsonNode> at(List<JsonNode> events, int second) {
        return events.stream().filter(
                event -> event.path("processed_at").asText().equals("2026-11-16T08:00:%02d.000000Z".formatted(second)))
                .toList();
    }

    private SandboxOptions options() {
        return SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF).withClock(clock);
    }

    private void start(SandboxOptions options) {
        sandbox = Sandbox.start(options);
    }

    private Caller caller() {
        return new Caller(sandbox, 0);
    }

    private List<JsonNode> events(Object... parameters) {
        return FeedReader.events(caller(), FEED, parameters);
    }
}
