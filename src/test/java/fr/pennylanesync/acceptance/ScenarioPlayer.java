package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.acceptance.ScriptedPennylane.Script;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Plays the steps of one scenario against the real runtime and a real database. */
final class ScenarioPlayer implements AutoCloseable {

    private static final SyncRequest WHAT_IS_DUE =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6));
    private static final int DOCUMENTED_EVENTS_MAX = 1000;

    private final Path folder;
    private final List<String> streams;
    private final ScriptedPennylane pennylane;
    private final Warehouse warehouse;
    private final Settings settings;
    private SyncRuntime runtime;
    private SyncRequest syncRequest = WHAT_IS_DUE;

    ScenarioPlayer(Path folder, JsonNode scenario, Path home) throws IOException {
        this.folder = folder;
        this.streams = texts(scenario.path("streams"));
        List<Script> scripts = new ArrayList<>();
        for (JsonNode script : scenario.path("serve")) {
            scripts.add(script(script));
        }
        List<ScriptedFeed> feeds = new ArrayList<>();
        for (JsonNode feed : scenario.path("feeds")) {
            feeds.add(new ScriptedFeed(feed.path("path").asText(), !"exclusive".equals(feed.path("start").asText()),
                    feed.path("page-size").asInt(DOCUMENTED_EVENTS_MAX)));
        }
        AdjustableClock clock = AdjustableClock.runningFrom(
                scenario.has("time") ? Instant.parse(scenario.path("time").asText()) : Instant.now());
        pennylane = new ScriptedPennylane(scripts, feeds, clock, Sandbox.ALL_SCOPES);
        warehouse = TestWarehouse.ready();
        settings = settings(home);
        start();
    }

    private Settings settings(Path home) throws IOException {
        Path tokens = Files.createDirectory(home.resolve("tokens"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path token = Files.createFile(tokens.resolve("scripted.token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, "a-token-of-the-scripted-company");
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", pennylane.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", tokens.toString());
        properties.setProperty("pennylane.rate.requests", "10000");
        Path failuresRepeatAtOnce = Files.writeString(home.resolve("scenario.properties"), "retry.delay-ms=5\n");
        return SettingsLoader.load(Optional.of(failuresRepeatAtOnce), Map.of(), properties, text -> text);
    }

    private void start() {
        runtime = SyncRuntime.start(settings, warehouse, StreamCatalog.load(Path.of("routes"), Map.of()));
    }

    void restart() {
        runtime.close();
        start();
    }

    /** @param outcomes what each named stream comes to: an outcome, and a word of its reason */
    void sync(JsonNode outcomes) {
        pennylane.forgetAsked();
        runtime.sync(runtime.companies().active(), streams, syncRequest);
        Map<String, StreamSync> ended = runtime.progress().all().stream()
                .collect(Collectors.toMap(StreamSync::stream, stream -> stream));
        outcomes.properties().forEach(expected -> {
            String outcome =
                    ended.get(expected.getKey()).outcome() + " " + ended.get(expected.getKey()).reason().orElse("");
            assertThat(outcome).as(expected.getKey()).contains(expected.getValue().asText().split(" "));
        });
    }

    void fault(JsonNode details) throws IOException {
        pennylane.fault(script(details));
    }

    void heal() {
        pennylane.heal();
    }

    void serve(JsonNode details) throws IOException {
        pennylane.serve(script(details));
    }

    void publish(JsonNode details) throws IOException {
        pennylane.feed(details.path("path").asText())
                .publish(StorableJson
                        .read(Files.readString(folder.resolve("pages").resolve(details.path("page").asText()))));
    }

    /** How time goes by for Pennylane; the runtime's own clock stays. */
    void time(String by) {
        pennylane.advance(Duration.parse(by));
    }

    /** What the syncs from here on are asked to do; nothing: what is due. */
    void demand(JsonNode details) {
        syncRequest = new SyncRequest(
                details.has("pass")
                        ? Optional.of(PassKind.valueOf(details.path("pass").asText().toUpperCase(Locale.ROOT)))
                        : Optional.empty(),
                details.path("confirm").asBoolean(), WHAT_IS_DUE.sweepInterval(),
                WHAT_IS_DUE.sweepIntervalWithoutFeed());
    }

    void asked(String text, int times) {
        assertThat(pennylane.asked().stream().filter(request -> request.contains(text))).as("requests with " + text)
                .hasSize(times);
    }

    void set(JsonNode details) {
        assertThat(warehouse.jdbc()
                .sql("update pennylane_sync.checkpoint set position = ?::jsonb where stream = ? and pass = ?")
                .params(details.path("position").toString(), details.path("stream").asText(),
                        details.path("pass").asText())
                .update()).isOne();
    }

    void stands(JsonNode details) {
        String position = warehouse.jdbc()
                .sql("select position::text from pennylane_sync.checkpoint where stream = ? and pass = ?")
                .params(details.path("stream").asText(), details.path("pass").asText()).query(String.class).single();
        assertThat(StorableJson.read(position)).isEqualTo(StorableJson.read(details.path("position").toString()));
    }

    /** Compares whole tables, but only the columns that are named. */
    void expect(JsonNode tables) {
        tables.properties().forEach(table -> {
            List<String> expected = new ArrayList<>();
            table.getValue().forEach(row -> expected.add(canonical(row)));
            assertThat(rows(table.getKey(), table.getValue())).as("rows of " + table.getKey())
                    .containsExactlyElementsOf(expected);
        });
    }

    private List<String> rows(String table, JsonNode expected) {
        List<String> columns = expected.isEmpty() ? List.of("id") : new ArrayList<>();
        if (!expected.isEmpty()) {
            expected.get(0).fieldNames().forEachRemaining(columns::add);
        }
        String name = table.contains(".") ? table : "pennylane." + table;
        return warehouse.jdbc()
                .sql("select jsonb_build_object(" + columns.stream().map(column -> "'" + column + "', " + column)
                        .collect(Collectors.joining(", ")) + ")::text from " + name + " order by id")
                .query(String.class).list().stream()
                .map(StorableJson::read).map(ScenarioPlayer::canonical).toList();
    }

    /** Numbers by their value. */
    private static String canonical(JsonNode row) {
        return CanonicalJson.text(row);
    }

    private Script script(JsonNode details) throws IOException {
        String body =
                details.has("page") ? Files.readString(folder.resolve("pages").resolve(details.path("page").asText()))
                        : "";
        return new Script(details.path("path").asText(), details.path("when").asText(""),
                details.path("unless").asText(""),
                details.path("status").asInt(200), body);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Override
    public void close() {
        runtime.close();
        warehouse.close();
        pennylane.close();
    }
}
