package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Routes change in the middle of a company's first sync: its passes finish their batch and go on under the new ones.
 */
@Tag("minutes")
class ReloadUnderWayTest {

    private static final String STREAM = "ledger_entry_lines";
    private static final int RECORDS = 24_000;
    /** A walk is read in up to four ranges, each with one page under way; opening it again costs one question more. */
    private static final int REPEATED_MAX = 5;

    @Test
    void passesGoOnWhereTheyWereAndAnAddedColumnIsFilledInEveryRow() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF)
                        .withLatency(Duration.ofMillis(500));
        try (LiveRoutes live = new LiveRoutes(options, LiveRoutes.copy(), nothingElse())) {
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20))
                    .until(() -> live.rows(STREAM) > 0);
            live.loads(() -> live.edit("steps/next-batch.camel.yaml",
                    text -> text.replace("description: Reads", "description: Once more, reads")));
            live.loads(() -> live.edit("streams/" + STREAM + ".camel.yaml",
                    text -> text.replaceFirst("columns:\n", "columns:\n          own_id: bigint from id\n")));
            boolean met = live.rows(STREAM) < truth(live);

            await().atMost(Duration.ofMinutes(2)).until(() -> live.differences(live.streams()).isEmpty());

            assertThat(met).as("the second change came in the middle of the walk").isTrue();
            assertThat(live.warehouse.jdbc()
                    .sql("select count(*) from pennylane." + STREAM + " where own_id is distinct from id")
                    .query(Long.class).single()).isZero();
            assertThat(live.warehouse.jdbc()
                    .sql("select sum(record_count) from pennylane_sync.batch where stream = ? and pass = 'walk'")
                    .param(STREAM).query(Long.class).single()).as("records landed by walks").isEqualTo(truth(live));
            assertThat(live.errors()).as("streams that stopped").isEmpty();
            assertThat(requestsRepeated(live)).as("pages asked for again").isLessThanOrEqualTo(REPEATED_MAX);
        }
    }

    private static Map<String, String> nothingElse() {
        return StreamCatalog.load(Path.of("routes"), Map.of()).names().stream().filter(name -> !name.equals(STREAM))
                .collect(Collectors.toMap(name -> "streams." + name + ".enabled", name -> "false"));
    }

    private static long truth(LiveRoutes live) {
        return live.sandbox.truth().records(live.sandbox.companies().get(0).id(), STREAM).count();
    }

    private static long requestsRepeated(LiveRoutes live) {
        return live.sandbox.requests().all().stream()
                .filter(request -> request.path().endsWith("/" + STREAM) && request.query().contains("sort=id"))
                .map(request -> request.query())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values().stream().mapToLong(times -> times - 1).sum();
    }
}
