package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Routes change in the middle of a company's first sync: its passes finish their batch and go on under the new ones. */
class ReloadUnderWayTest {

    private static final String STREAM = "ledger_entry_lines";
    private static final int RECORDS = 3_000;

    @Test
    void passesGoOnWhereTheyWereAndAnAddedColumnIsFilledInEveryRow() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF)
                .withLatency(Duration.ofMillis(150));
        // Slow enough to be met in the middle: one list after the other.
        Map<String, String> slow = Map.of("sync.parallel-streams", "2");
        try (LiveRoutes live = new LiveRoutes(options, LiveRoutes.copy(), slow)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> live.rows("customers") > 0);
            live.loads(() -> live.edit("steps/next-batch.yaml", text -> text.replace("description: Reads", "description: Once more, reads")));
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> live.rows(STREAM) > 0);
            live.loads(() -> live.edit("streams/" + STREAM + ".yaml", text -> text.replaceFirst("columns:\n", "columns:\n                own_id: bigint from id\n")));
            boolean met = live.rows(STREAM) < truth(live);

            await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofSeconds(1)).until(() -> live.differences(streams(live)).isEmpty());

            assertThat(met).as("the second change came in the middle of the walk").isTrue();
            assertThat(live.warehouse.jdbc().sql("select count(*) from pennylane." + STREAM + " where own_id is distinct from id")
                    .query(Long.class).single()).isZero();
            assertThat(live.warehouse.jdbc().sql("select sum(record_count) from pennylane_sync.batch where stream = ? and pass = 'walk'")
                    .param(STREAM).query(Long.class).single()).as("records landed by walks").isEqualTo(truth(live));
            assertThat(live.errors()).as("streams that stopped").isEmpty();
            assertThat(requestsRepeated(live)).as("pages asked for again").isLessThanOrEqualTo(2);
        }
    }

    /** All that the change could harm, without the thousands of sub-lists. */
    private static List<StreamDefinition> streams(LiveRoutes live) {
        return Stream.of(STREAM, "customers", "transactions", "journals").map(name -> live.runtime.catalog().find(name).orElseThrow()).toList();
    }

    private static long truth(LiveRoutes live) {
        return live.sandbox.truth().records(live.sandbox.companies().get(0).id(), STREAM).count();
    }

    private static long requestsRepeated(LiveRoutes live) {
        return live.sandbox.requests().all().stream().filter(request -> request.path().endsWith("/" + STREAM) && request.query().contains("sort=id"))
                .map(request -> request.query()).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values().stream().mapToLong(times -> times - 1).sum();
    }
}
