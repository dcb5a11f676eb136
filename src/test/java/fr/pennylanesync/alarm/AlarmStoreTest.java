package fr.pennylanesync.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.alarm.AlarmMessage.AlarmChange;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of alarms in a real PostgreSQL. */
class AlarmStoreTest {

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private static Warehouse warehouse;
    private static AlarmStore store;
    private static AlarmOutbox outbox;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        store = new AlarmStore(warehouse.jdbc());
        outbox = new AlarmOutbox(warehouse.jdbc());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @BeforeEach
    void forget() {
        warehouse.jdbc().sql("truncate pennylane_sync.alarm, pennylane_sync.alarm_sighting").update();
    }

    private static AlarmCondition stopped(long company, String stream, String code) {
        return new AlarmCondition("STREAM_STOPPED", OptionalLong.of(company), Optional.of(stream), "",
                Optional.of(SINCE),
                "a stream stopped: " + code, "look it up");
    }

    private static long turn() {
        warehouse.jdbc().sql("update pennylane_sync.alarm_round set begun_at = '-infinity'").update();
        return store.turn().orElseThrow();
    }

    private static List<Alarm> keep(AlarmCondition... conditions) {
        return store.keep(turn(), List.of(conditions));
    }

    private static void due() {
        warehouse.jdbc().sql("update pennylane_sync.alarm set next_attempt_at = now()").update();
    }

    @Test
    void anAlarmIsOpenForAsLongAsItsConditionIsThere() {
        AlarmCondition stopped = stopped(1, "customers", "NO_CONNECTION");
        assertThat(keep(stopped, stopped)).singleElement().satisfies(alarm -> {
            assertThat(alarm.startedAt()).isEqualTo(SINCE);
            assertThat(alarm.endedAt()).isEmpty();
            assertThat(alarm.subject()).isEqualTo("company 1 stream customers");
        });
        assertThat(keep(stopped)).isEmpty();
        assertThat(keep(stopped(1, "customers", "SERVER_ERROR"))).as("another reason is no other alarm").isEmpty();
        assertThat(store.list(false, 10)).singleElement()
                .satisfies(alarm -> assertThat(alarm.reason()).endsWith("SERVER_ERROR"));

        assertThat(keep(stopped(1, "products", "SERVER_ERROR"))).extracting(alarm -> alarm.endedAt().isPresent())
                .containsExactly(true, false);
        assertThat(store.open()).isOne();
        assertThat(store.list(true, 10)).hasSize(2);
        assertThat(keep(stopped)).as("it comes again").hasSize(2);
        assertThat(store.list(true, 10)).hasSize(3);
    }

    @Test
    void aConditionWithoutATimeBeginsNowAndOneOfTheFutureToo() {
        AlarmCondition now = AlarmCondition.of("ARCHIVE_AWAY", "away", "look");
        AlarmCondition ahead = new AlarmCondition("DIGEST_STALE", OptionalLong.empty(), Optional.empty(), "",
                Optional.of(Instant.now().plusSeconds(3_600)), "stale", "look");

        assertThat(keep(now, ahead)).hasSize(2).allSatisfy(alarm -> {
            assertThat(alarm.startedAt()).isBeforeOrEqualTo(Instant.now().plusSeconds(1));
            assertThat(alarm.companyId()).isEmpty();
            assertThat(alarm.subject()).isEmpty();
        });
        assertThat(keep()).hasSize(2);
    }

    @Test
    void whatAnOlderRoundSawIsNotKept() {
        long old = turn();
        long next = turn();
        assertThat(store.keep(next, List.of(stopped(1, "customers", "SERVER_ERROR")))).hasSize(1);

        assertThat(store.keep(old, List.of())).as("an end that is none").isEmpty();
        assertThat(store.open()).isOne();
    }

    @Test
    void twoNodesAtTheSameMomentAreOneTurn() {
        turn();

        assertThat(store.turn()).isEmpty();
    }

    @Test
    void whatOneNodeSeesCountsForAsLongAsItSaysSo() {
        store.note("a", List.of(AlarmCondition.of("ARCHIVE_AWAY", "away", "look")));
        store.note("b", List.of(AlarmCondition.of("ARCHIVE_AWAY", "away", "look"),
                AlarmCondition.of(7, "TOKEN_EXPIRES_SOON", "soon", "renew")));
        assertThat(store.sighted()).extracting(AlarmCondition::code).containsExactlyInAnyOrder("ARCHIVE_AWAY",
                "TOKEN_EXPIRES_SOON");

        store.note("b", List.of());
        assertThat(store.sighted()).extracting(AlarmCondition::code).containsExactly("ARCHIVE_AWAY");
        warehouse.jdbc().sql("update pennylane_sync.alarm_sighting set seen_at = now() - interval '3 minutes'")
                .update();
        assertThat(store.sighted()).as("of a node that died").isEmpty();
    }

    @Test
    void startAndEndAreToldOnceEachAndOneCodeAtOnce() {
        keep(stopped(1, "customers", "SERVER_ERROR"), stopped(2, "customers", "SERVER_ERROR"),
                AlarmCondition.of("ARCHIVE_AWAY", "away", "look"));
        AlarmMessage first = outbox.claim().orElseThrow();
        AlarmMessage second = outbox.claim().orElseThrow();

        assertThat(outbox.claim()).isEmpty();
        assertThat(List.of(first, second)).extracting(message -> message.code() + " " + message.change().word() + " "
                + message.alarms().size())
                .containsExactlyInAnyOrder("STREAM_STOPPED started 2", "ARCHIVE_AWAY started 1");
        outbox.told(first);
        outbox.told(second);
        assertThat(outbox.claim()).isEmpty();

        keep(stopped(1, "customers", "SERVER_ERROR"));
        assertThat(outbox.claim().orElseThrow().change()).isEqualTo(AlarmChange.ENDED);
        assertThat(outbox.claim().orElseThrow().alarms()).hasSize(1);
        assertThat(outbox.claim()).isEmpty();
    }

    @Test
    void whatWasNotToldIsToldLaterAndTheStartBeforeTheEnd() {
        keep(AlarmCondition.of("ARCHIVE_AWAY", "away", "look"));
        AlarmMessage failed = outbox.claim().orElseThrow();
        outbox.notTold(failed);
        assertThat(outbox.claim()).as("after a pause").isEmpty();
        keep();

        due();
        AlarmMessage start = outbox.claim().orElseThrow();
        assertThat(start.change()).isEqualTo(AlarmChange.STARTED);
        outbox.told(start);
        AlarmMessage end = outbox.claim().orElseThrow();
        assertThat(end.change()).isEqualTo(AlarmChange.ENDED);
        outbox.told(end);

        due();
        assertThat(outbox.claim()).isEmpty();
        assertThat(store.list(true, 10)).singleElement().satisfies(alarm -> {
            assertThat(alarm.sentStartedAt()).isPresent();
            assertThat(alarm.sentEndedAt()).isPresent();
        });
    }

    @Test
    void thePauseGrowsUpToAQuarterOfAnHour() {
        keep(AlarmCondition.of("ARCHIVE_AWAY", "away", "look"));
        long before = 0;
        for (int attempt = 0; attempt < 12; attempt++) {
            due();
            outbox.notTold(outbox.claim().orElseThrow());
            long pause = warehouse.jdbc().sql("select extract(epoch from next_attempt_at - now())::bigint"
                    + " from pennylane_sync.alarm").query(Long.class).single();
            assertThat(pause).isBetween(Math.min(before + 10, 890), 900L);
            before = pause;
        }
        assertThat(before).isGreaterThan(890);
    }

    @Test
    void whoeverDiesWhileTellingLeavesItToTheNext() {
        keep(AlarmCondition.of("ARCHIVE_AWAY", "away", "look"));
        outbox.claim().orElseThrow();
        warehouse.jdbc().sql("update pennylane_sync.alarm set next_attempt_at = next_attempt_at - interval '2 minutes'")
                .update();

        assertThat(outbox.claim()).isPresent();
    }

    @Test
    void nodesThatTellSideBySideTellEachAlarmOnce() {
        AlarmCondition[] many = LongStream.range(0, 500)
                .mapToObj(company -> stopped(company, "customers", "SERVER_ERROR")).toArray(AlarmCondition[]::new);
        keep(many);
        List<CompletableFuture<Integer>> nodes = IntStream.range(0, 6).mapToObj(node -> CompletableFuture.supplyAsync(
                () -> outbox.claim().map(message -> message.alarms().size()).orElse(0))).toList();

        assertThat(nodes.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(500);
    }

    @Test
    void tenThousandConditionsAreKeptQuickly() {
        AlarmCondition[] many = LongStream.range(0, 10_000)
                .mapToObj(company -> stopped(company, "customers", "SERVER_ERROR")).toArray(AlarmCondition[]::new);
        Instant begun = Instant.now();

        assertThat(keep(many)).hasSize(10_000);
        assertThat(keep(many)).isEmpty();
        assertThat(keep()).hasSize(10_000);
        assertThat(begun).isAfter(Instant.now().minusSeconds(20));
    }

    @Test
    void aStatementThatAnswersSomethingElseIsRefused() {
        assertThatThrownBy(() -> AlarmCondition.of(Map.of("code", "LATE")))
                .hasMessageContaining("ALARM_CONDITION_INVALID");
        assertThatThrownBy(() -> AlarmCondition.of(Map.of("code", "late night", "reason", "r", "remedy", "r")))
                .hasMessageContaining("ALARM_CONDITION_INVALID");
        assertThatThrownBy(
                () -> AlarmCondition.of(Map.of("code", "LATE", "reason", "r", "remedy", "r", "company_id", "one")))
                .hasMessageContaining("ALARM_CONDITION_INVALID");
        assertThat(AlarmCondition.of(Map.of("code", "LATE", "reason", "r", "remedy", "r", "company_id", 1)).companyId())
                .hasValue(1);
    }
}
