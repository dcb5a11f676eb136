package fr.pennylanesync.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.pennylanesync.landing.record.StorableJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the scenarios of {@code src/test/resources/scenarios}, each a folder:
 *
 * <pre> scenario.yaml streams: [customers] time: 2026-11-01T08:00:00Z # what Pennylane's clock says at the beginning;
 * else the time it is feeds: # changelogs, empty at first - {path: /changelogs/customers, start: exclusive, page-size:
 * 2} # start_date: inclusive unless said otherwise serve: # the first that matches answers; all else is an empty list -
 * {path: /customers, page: first.json, unless: filter} # when/unless: what the query must (not) hold steps: - sync:
 * {customers: COMPLETE} # or FAILED with its code - restart # the runtime, not the warehouse - fault: {path:
 * /customers, status: 503, page: down.json} # before all of serve, until heal - heal - serve: {path: /customers, page:
 * later.json} # before all of serve, for good - publish: {path: /changelogs/customers, page: events.json} # a list of
 * events, served from now on - time: P35D # goes by for Pennylane - demand: {pass: sweep, confirm: true} # of the syncs
 * from here on; {}: what is due - asked: {text: /customers, times: 2} # requests since the last sync began - set:
 * {stream: customers, pass: walk, position: {...}} # where a checkpoint is put - stands: {stream: customers, pass:
 * walk, position: {...}} - expect: expected-rows.json pages/*.json # bodies, served byte by byte expected-rows.json #
 * {table: [{column: value}]}, all rows, in the order of id </pre>
 */
class ScenarioTest {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    @TempDir
    Path home;

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void plays(String name) throws Exception {
        Path folder = SCENARIOS.resolve(name);
        JsonNode scenario = new YAMLMapper().readTree(folder.resolve("scenario.yaml").toFile());
        try (ScenarioPlayer player = new ScenarioPlayer(folder, scenario, home)) {
            for (JsonNode step : scenario.path("steps")) {
                play(player, folder, step);
            }
        }
    }

    private static void play(ScenarioPlayer player, Path folder, JsonNode step) throws IOException {
        if (step.isTextual()) {
            switch (step.asText()) {
                case "restart" -> player.restart();
                case "heal" -> player.heal();
                default -> throw new IllegalArgumentException("no step " + step.asText());
            }
            return;
        }
        Map.Entry<String, JsonNode> only = step.properties().iterator().next();
        JsonNode details = only.getValue();
        switch (only.getKey()) {
            case "sync" -> player.sync(details);
            case "fault" -> player.fault(details);
            case "serve" -> player.serve(details);
            case "publish" -> player.publish(details);
            case "time" -> player.time(details.asText());
            case "demand" -> player.demand(details);
            case "asked" -> player.asked(details.path("text").asText(), details.path("times").asInt());
            case "set" -> player.set(details);
            case "stands" -> player.stands(details);
            case "expect" -> player.expect(StorableJson.read(Files.readString(folder.resolve(details.asText()))));
            default -> throw new IllegalArgumentException("no step " + only.getKey());
        }
    }
}
