package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.AnswerDates;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No clock decides what was read: whatever the answers say what time it is, the next sync makes everything right. */
@Tag("minutes")
class WrongClocksTest {

    private static final SandboxOptions ONE =
            SandboxOptions.defaults().withCompanies(1).withRecords(60).withRateLimit(RateLimit.OFF);
    /** Sweeps would find what the changelogs' positions passed by. */
    private static final SyncRequest NO_SWEEPS =
            new SyncRequest(Optional.empty(), true, Duration.ofDays(365), Duration.ofDays(365));
    private static final List<String> FOLLOWED = List.of("customers", "products", "suppliers", "quotes");
    private static final List<Duration> JUMPS = List.of(Duration.ofHours(30), Duration.ofHours(-5), Duration.ZERO,
            Duration.ofDays(400), Duration.ofSeconds(-40), Duration.ofHours(1));

    private final Sandbox sandbox = Sandbox.start(ONE);
    private final Warehouse warehouse = TestWarehouse.ready();
    private final TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED);
    private final List<StreamDefinition> streams =
            FOLLOWED.stream().flatMap(name -> run.catalog.find(name).stream()).toList();
    private final Random random = new Random(7);

    WrongClocksTest() {
        run.syncRequest = NO_SWEEPS;
    }

    @AfterEach
    void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    static Stream<Map.Entry<String, AnswerDates>> datesOfAllAnswers() {
        AtomicInteger answers = new AtomicInteger();
        return Stream.of(Map.entry("an hour ahead", ahead(Duration.ofHours(1))),
                Map.entry("30 hours ahead", ahead(Duration.ofHours(30))),
                Map.entry("five hours behind", ahead(Duration.ofHours(-5))),
                Map.entry("missing", (path, now) -> Optional.empty()),
                Map.entry("unparsable", (path, now) -> Optional.of("yesterday, I think")),
                Map.entry("jumping", (path, now) -> Optional.of(
                        AnswerDates.text(now.plus(JUMPS.get(answers.getAndIncrement() % JUMPS.size()))))));
    }

    private static AnswerDates ahead(Duration duration) {
        return (path, now) -> Optional.of(AnswerDates.text(now.plus(duration)));
    }

    /** From the first request on, as behind a balancer whose clock is wrong. */
    @ParameterizedTest
    @MethodSource("datesOfAllAnswers")
    void whateverTheAnswersSayAlwaysNothingIsPassedBy(Map.Entry<String, AnswerDates> dates) {
        sandbox.tellDates(dates.getValue());
        run.sync(streams);
        String history = histories();
        for (int sync = 0; sync < 3; sync++) {
            sandbox.mutate(random, 60);
            run.sync(streams);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).as("sync %d", sync).isEmpty();
        }
        assertThat(histories()).as("no history is read again").isEqualTo(history);
    }

    @ParameterizedTest
    @MethodSource("datesOfAllAnswers")
    void whateverTheAnswersOfOneSyncSayNothingIsPassedBy(Map.Entry<String, AnswerDates> dates) {
        run.sync(streams);
        String history = histories();
        sandbox.tellDates((path, now) -> path.contains("/changelogs/") ? dates.getValue().date(path, now)
                : AnswerDates.RIGHT.date(path, now));
        run.sync(streams);
        sandbox.tellDates(AnswerDates.RIGHT);
        sandbox.mutate(random, 60);
        run.sync(streams);
        assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
        assertThat(histories()).as("no history is read again").isEqualTo(history);
    }

    /** As an older build left it: positions that only the API's clock can have put there. */
    @ParameterizedTest
    @MethodSource("aheads")
    void aPositionThatIsAheadOfNowIsHealedOnce(Duration ahead) {
        run.sync(streams);
        sandbox.mutate(random, 60);
        warehouse.jdbc().sql("update pennylane_sync.checkpoint set position = jsonb_set(position, '{processedAt}',"
                + " to_jsonb(?::text)), moved_at = now() where position->>'kind' = 'drained'")
                .param(Instant.now().plus(ahead).toString()).update();
        sandbox.tellDates(ahead(ahead.compareTo(Duration.ofHours(2)) < 0 ? ahead.plusMinutes(5) : Duration.ZERO));
        String history = histories();
        run.sync(streams);
        assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
        String healed = histories();
        assertThat(healed).isNotEqualTo(history);
        sandbox.mutate(random, 60);
        run.sync(streams);
        assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
        assertThat(histories()).as("once").isEqualTo(healed);
    }

    /** The first would be stored by a balancer that is ahead always, the last ones by one that was so in one sync. */
    static Stream<Duration> aheads() {
        return Stream.of(Duration.ofMinutes(55), Duration.ofHours(30), Duration.ofDays(40), Duration.ofDays(400));
    }

    @Test
    void aHistoryThatBeganAheadOfNowIsBegunAgain() {
        run.sync(streams);
        sandbox.mutate(random, 60);
        warehouse.jdbc().sql("delete from pennylane_sync.checkpoint where position->>'kind' = 'drained'").update();
        warehouse.jdbc()
                .sql("update pennylane_sync.stream_state set state = 'CATCH_UP', history_began_at = ?::timestamptz"
                        + " where state = 'LIVE' and parents_due_at is null")
                .param(Instant.now().plus(Duration.ofHours(30)).toString()).update();
        run.sync(streams);
        sandbox.mutate(random, 60);
        run.sync(streams);
        assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
    }

    private String histories() {
        return warehouse.jdbc().sql("select string_agg(stream || history_noted_at::text, ' ' order by stream)"
                + " from pennylane_sync.stream_state where history_noted_at is not null").query(String.class).single();
    }
}
