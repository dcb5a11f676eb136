package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.zaxxer.hikari.HikariDataSource;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.ConsoleSources.HealthQuestions;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.GeneralErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.CompanyFigures;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.schedule.ScheduleErrorCode;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Brings each condition of the table in docs/OPERATING.md about, and compares what health, console and {@code status}
 * say. All share one warehouse, whose state is varied.
 */
class ConditionsTest {

    private static final Path PAGE = Path.of("docs/OPERATING.md");
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What SQL cannot bring about. */
    private enum Cause {
        ROUTES_REFUSED, TOKEN_DIRECTORY_MISSING, TOKEN_DIRECTORY_OPEN, LOG_FILE_UNWRITABLE, READ_ONLY, ARCHIVE_AWAY,
        ARCHIVE_REFUSES, STANDING_STILL, TOKEN_FILE_REFUSED, EMBEDDED_GIVEN_UP, WAREHOUSE_AWAY, EMBEDDED_SILENT,
        SCHEDULE_STALLED
    }

    @TempDir
    private static Path home;
    private static StreamCatalog catalog;
    private static Settings.Database database;
    private static Warehouse warehouse;
    private static Console console;
    private static Path tokens;
    private static volatile Optional<Cause> cause = Optional.empty();

    @BeforeAll
    static void open() throws IOException {
        catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        database = TestWarehouse.newDatabase();
        warehouse = Warehouse.open(TestWarehouse.settings(database));
        warehouse.transactionWithoutResult(() -> {
            StreamTables tables = new StreamTables(warehouse.jdbc());
            catalog.all().forEach(tables::ensure);
        });
        tokens = Files.createDirectory(home.resolve("tokens"));
        console = Console.open(new Settings.Console("127.0.0.1", 0));
        HealthQuestions questions = new HealthQuestions(
                () -> failIf(Cause.EMBEDDED_GIVEN_UP, PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED,
                        () -> failIf(Cause.WAREHOUSE_AWAY, PostgresErrorCode.DATABASE_UNREACHABLE,
                                () -> failIf(Cause.EMBEDDED_SILENT, PostgresErrorCode.EMBEDDED_SILENT,
                                        warehouse::check))),
                () -> failIf(Cause.STANDING_STILL, GeneralErrorCode.UNEXPECTED, () -> {}),
                () -> failIf(Cause.ARCHIVE_AWAY, ArchiveErrorCode.UNAVAILABLE,
                        () -> failIf(Cause.ARCHIVE_REFUSES, ArchiveErrorCode.REFUSED, () -> {})),
                () -> failIf(Cause.EMBEDDED_GIVEN_UP, PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED, () -> {}));
        Settings settings = SettingsLoader.load(Optional.of(configuration("")), Map.of(), new java.util.Properties(),
                text -> text);
        console.watch(new Attention(settings, warehouse, Tables.of(warehouse.jdbc())).sources(new Attention.Running(
                () -> catalog, questions, ConditionsTest::reload, ConditionsTest::refusals,
                () -> cause.filter(Cause.SCHEDULE_STALLED::equals).map(none -> ScheduleErrorCode.SCHEDULE_STALLED))),
                Duration.ofMillis(100));
    }

    private static void failIf(Cause wanted, ErrorCode code, Runnable otherwise) {
        if (cause.filter(wanted::equals).isPresent()) {
            throw new SyncException(code);
        }
        otherwise.run();
    }

    private static ReloadState reload() {
        ReloadState loaded = ReloadState.loaded(Instant.EPOCH);
        return cause.filter(Cause.ROUTES_REFUSED::equals).isPresent()
                ? loaded.refused(Instant.EPOCH, List.of("streams/customers.camel.yaml:8: a rule"))
                : loaded;
    }

    private static List<Refusal> refusals() {
        return cause.filter(Cause.TOKEN_FILE_REFUSED::equals).isPresent()
                ? List.of(new Refusal("new", OptionalLong.empty(), "MODE_TOO_WIDE", "chmod 600 the file"))
                : List.of();
    }

    @AfterAll
    static void close() {
        console.close();
        warehouse.close();
        Logs.writeTo(Optional.empty());
    }

    /** One active company with two live streams, nothing set aside. */
    @BeforeEach
    void beWell() throws IOException {
        cause = Optional.empty();
        readOnly("off");
        Logs.writeTo(Optional.empty());
        Files.createDirectories(tokens);
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rwx------"));
        warehouse.jdbc().sql("truncate pennylane_sync.company, pennylane_sync.stream_state, pennylane_sync.quarantine,"
                + " pennylane_sync.reload, pennylane_sync.books_finding,"
                + " pennylane_sync.audit, pennylane_sync.missed cascade")
                .update();
        String[] scopes = catalog.all().stream().flatMap(stream -> stream.scope().stream())
                .map(scope -> scope.contains(":") ? scope : scope + ":all").distinct().toArray(String[]::new);
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at) values (1, 'acme', '', '', ?, '', '', now(), now())""")
                .param(scopes).update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.stream_state (company_id, stream, state, walked_at, swept_at, succeeded_at)
                values (1, 'customers', 'LIVE', now(), now(), now()), (1, 'products', 'LIVE', now(), now(), now())""")
                .update();
        await().atMost(WITHIN).until(() -> get("").body().contains("All is well"));
    }

    static Stream<ToldCondition> whileRunning() {
        return ToldCondition.all().stream().filter(each -> each.health().isPresent() && each.heldBy().isEmpty());
    }

    static Stream<ToldCondition> ofCommands() {
        return ToldCondition.all().stream().filter(each -> each.command().isPresent() && each.heldBy().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("whileRunning")
    void isTold(ToldCondition condition) throws IOException {
        bringAbout(condition);

        await().atMost(WITHIN).untilAsserted(() -> {
            HttpResponse<String> health = get("observe/health");
            assertThat(health.statusCode()).isEqualTo(condition.isDown() ? 503 : 200);
            condition.code().ifPresentOrElse(
                    code -> assertThat(health.body()).containsPattern("\"code\" : \"" + code + "\"")
                            .containsPattern("\"since\" : \"\\d{4}-").containsPattern("\"remedy\" : \"[^\"]"),
                    () -> assertThat(health.body()).contains("\"warningCount\" : 0"));
            assertThat(get("").body()).contains(condition.code().orElse("All is well"))
                    .containsPattern(condition.isDown() ? "Not ready"
                            : condition.code().isPresent() ? "One warning|\\d warnings" : "All is well");
        });
        assertThat(get("observe/health/live").statusCode())
                .isEqualTo(condition.health().orElseThrow().contains("live DOWN") ? 503 : 200);
        if (condition.isStatusAsked()) {
            assertStatus(condition);
        }
    }

    private static void assertStatus(ToldCondition condition) throws IOException {
        CommandRun status = run(configuration(condition), "status");
        assertThat(status.exit()).as("%s", status.text()).isEqualTo(condition.exit().orElseThrow());
        condition.code().ifPresentOrElse(code -> assertThat(status.text()).contains(code),
                () -> assertThat(status.text()).doesNotContain("warnings:"));
        condition.detail().ifPresent(detail -> assertThat(status.text()).contains(detail));
    }

    @ParameterizedTest
    @MethodSource("ofCommands")
    void endsTheCommand(ToldCondition condition) throws IOException {
        bringAbout(condition);
        CommandRun ended = run(configuration(condition), condition.command().orElseThrow());

        assertThat(ended.exit()).as("%s", ended.text()).isEqualTo(condition.exit().orElseThrow());
        assertThat(ended.text()).contains(condition.detail().or(condition::code).orElseThrow());
    }

    @Test
    void aStartThatWaitsSaysForWhat() {
        try (Console starting = Console.open(new Settings.Console("127.0.0.1", 0))) {
            assertThat(get(starting, "observe/health").body()).contains("STARTING", "\"since\" : \"20");
            starting.waitsFor(PostgresErrorCode.DATABASE_READ_ONLY);

            assertThat(get(starting, "observe/health").statusCode()).isEqualTo(503);
            assertThat(get(starting, "observe/health").body()).contains("DATABASE_READ_ONLY", "primary");
            assertThat(get(starting, "").body()).contains("Not ready", "DATABASE_READ_ONLY");
            assertThat(get(starting, "observe/health/live").statusCode()).isEqualTo(200);
        }
    }

    /** Nobody can mend what is not read any more: it must not stay wrong for ever. */
    @ParameterizedTest
    @CsvSource({"false, sync.interval=1h, 1", "true, sync.interval=1h, 0",
            "false, streams.customers.enabled=false, 0"})
    void whatIsNoLongerReadIsNoTrouble(boolean paused, String settings, int exit) throws IOException {
        warehouse.jdbc().sql("update pennylane_sync.stream_state set error_code = 'SCOPE_MISSING', error_at = now()"
                + " where stream = 'customers'").update();
        warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason)"
                + " values (1, 'customers', 'RECORD', 7, 'FORBIDDEN')").update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows)
                values ('trial-balance', 1, 'customers', 'DIFFERENT', 1, 2)""").update();
        warehouse.jdbc().sql("insert into pennylane_sync.books_finding (company_id, rule, stream, record_id, told_at)"
                + " values (1, 'a rule', 'customers', 7, now())").update();
        if (paused) {
            warehouse.jdbc().sql("update pennylane_sync.company set refused_code = 'TOKEN_REFUSED',"
                    + " refused_at = now(), paused_by = 'OPERATOR'").update();
        }
        CommandRun status = run(configuration(settings), "status");
        assertThat(status.exit()).as("%s", status.text()).isEqualTo(exit);
        assertThat(status.text().contains("warnings:")).as("%s", status.text()).isEqualTo(exit == 1);
    }

    @Test
    void anAuditOfASourceThatIsGoneIsNoTrouble() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows)
                values ('share', 1, 'customers', 'DIFFERENT', 1, 2)""").update();
        assertThat(Warnings.ofAudits(warehouse.jdbc(), catalog, true)).extracting(Warning::code)
                .containsExactly("AUDIT_DIFFERS");
        assertThat(Warnings.ofAudits(warehouse.jdbc(), catalog, false)).isEmpty();
    }

    /** An audit that could not be done says nothing of what differs; an audit of the books notes what changed. */
    @Test
    void whatDiffersStaysUntilAnAuditWithAResult() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, part, outcome, source_rows, warehouse_rows,
                    audited_at)
                values ('fec', 1, 'customers', '', 'DIFFERENT', 1, 2, now() - interval '2 days'),
                    ('fec', 1, 'customers', '', 'SKIPPED', 0, 0, now() - interval '1 day'),
                    ('fec', 1, 'customers', '', 'FAILED', 0, 0, now()),
                    ('books', 1, 'customers', 'one', 'DIFFERENT', 1, 2, now() - interval '1 day'),
                    ('books', 1, 'customers', 'other', 'EQUAL', 1, 1, now())""").update();
        warehouse.jdbc().sql("insert into pennylane_sync.books_finding (company_id, rule, stream, record_id, told_at)"
                + " values (1, 'one', 'customers', 7, now())").update();
        assertThat(Warnings.ofAudits(warehouse.jdbc(), catalog, true)).extracting(Warning::code)
                .containsExactly("AUDIT_DIFFERS");
        assertThat(CompanyFigures.read(warehouse.jdbc(), catalog, true).get(1L).differing()).isEqualTo(2);

        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows,
                    audited_at) values ('fec', 1, 'customers', 'EQUAL', 1, 1, now() + interval '1 second')""").update();
        assertThat(Warnings.ofAudits(warehouse.jdbc(), catalog, true)).isEmpty();
    }

    /** Lag: how old a change may be that is not here yet. Age: since a sync last came to its end. */
    @Test
    void lagAgeAndRowsMeanTheSameEverywhere() throws IOException {
        warehouse.jdbc().sql("truncate pennylane_sync.checkpoint").update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at,
                    moved_at)
                values (1, 'changelogs.customers', 'changes', 1, '{"kind": "ended"}', 1, now(),
                    now() - interval '150 minutes')""").update();
        warehouse.jdbc().sql("insert into pennylane_sync.stream_state (company_id, stream, state)"
                + " values (1, 'suppliers', 'NEW')").update();

        await().atMost(WITHIN).untilAsserted(() -> {
            JsonNode customers = stream(get("status.json").body(), "customers");
            assertThat(customers.path("lagSeconds").asLong()).isBetween(9000L, 9100L);
            assertThat(customers.path("ageSeconds").asLong(-1)).isBetween(0L, 60L);
            assertThat(customers.path("rows").asLong(-1)).isZero();
            JsonNode suppliers = stream(get("status.json").body(), "suppliers");
            assertThat(suppliers.path("lagSeconds").isNull()).isTrue();
            assertThat(suppliers.path("rows").isNull()).as("not counted yet").isTrue();
        });
        String series = "{company=\"1\",stream=\"customers\"} ";
        assertThat(value("pennylane_sync_stream_lag_seconds" + series)).isBetween(9000.0, 9100.0);
        assertThat(value("pennylane_sync_stream_age_seconds" + series)).isBetween(0.0, 60.0);
        assertThat(get("companies/1").body()).contains("not counted yet", "counted at", ">2 h<");
        JsonNode told = stream(run(configuration(""), "status", "--json").out(), "customers");
        assertThat(Duration.parse(told.path("lag").asText())).isBetween(Duration.ofMinutes(150),
                Duration.ofMinutes(152));
        assertThat(Duration.parse(told.path("age").asText())).isLessThan(Duration.ofMinutes(1));
        warehouse.jdbc().sql("truncate pennylane_sync.checkpoint").update();
    }

    /** What nobody can look at must not look well for ever. */
    @Test
    void agesGrowWhileTheWarehouseLetsNobodyLook() {
        String series = "pennylane_sync_stream_age_seconds{company=\"1\",stream=\"customers\"} ";
        await().atMost(WITHIN).until(() -> value(series) >= 0);
        warehouse.transactionWithoutResult(() -> {
            warehouse.jdbc().sql("lock table pennylane_sync.company in access exclusive mode").update();
            double before = value(series);
            await().atMost(WITHIN).until(() -> value(series) > before + 1);
        });
    }

    private static JsonNode stream(String json, String name) throws IOException {
        for (JsonNode stream : JSON.readTree(json).findValues("streams").get(0)) {
            if (stream.path("stream").asText().equals(name)) {
                return stream;
            }
        }
        return MissingNode.getInstance();
    }

    private static double value(String series) {
        return get("observe/metrics").body().lines().filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length()))).findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void whatOtherTestsHoldIsHeld() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> tests = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", "")).toList();
            assertThat(ToldCondition.all().stream().flatMap(each -> each.heldBy().stream())).isSubsetOf(tests);
        }
    }

    @Test
    void theTableOfThePageIsMadeOfThem() throws IOException {
        assertThat(ToldCondition.all()).hasSizeGreaterThanOrEqualTo(30);
        String page = Files.readString(PAGE);
        int begin = page.indexOf(ToldCondition.HEAD.lines().findFirst().orElseThrow());
        int end = page.indexOf("\n\n", begin) + 1;
        if (Boolean.getBoolean("reference.update")) {
            page = page.substring(0, begin) + ToldCondition.table() + page.substring(end);
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("refresh it with: mvn -q test -Dtest=ConditionsTest -Dreference.update=true")
                .contains(ToldCondition.table());
    }

    private static void bringAbout(ToldCondition condition) throws IOException {
        condition.sql().ifPresent(sql -> warehouse.jdbc().sql(sql).update());
        if (condition.cause().isPresent()) {
            bringAbout(Cause.valueOf(condition.cause().get()));
        }
    }

    private static void bringAbout(Cause wanted) throws IOException {
        switch (wanted) {
            case TOKEN_DIRECTORY_MISSING -> Files.delete(tokens);
            case TOKEN_DIRECTORY_OPEN -> Files.setPosixFilePermissions(tokens,
                    PosixFilePermissions.fromString("rwxrwxrwx"));
            case LOG_FILE_UNWRITABLE -> Logs.writeTo(Optional.of(unwritable()));
            case READ_ONLY -> readOnly("on");
            case ROUTES_REFUSED -> {
                cause = Optional.of(wanted);
                Tables.of(warehouse.jdbc()).reloads().save("node", reload());
            }
            default -> cause = Optional.of(wanted);
        }
    }

    /** A file cannot be where a file stands for its directory, whoever we are. */
    private static Path unwritable() throws IOException {
        Path file = home.resolve("no-directory");
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return file.resolve("sync.log");
    }

    private static void readOnly(String value) {
        TestWarehouse.asAdmin("alter database " + database.jdbcUrl().replaceFirst(".*/", "")
                + " set default_transaction_read_only = " + value);
        ((HikariDataSource) warehouse.dataSource()).getHikariPoolMXBean().softEvictConnections();
    }

    private static CommandRun run(Path configuration, String... command) {
        return CommandRun.of(configuration, "", command);
    }

    private static Path configuration(ToldCondition condition) throws IOException {
        boolean loggedElsewhere = condition.cause().filter("LOG_FILE_UNWRITABLE"::equals).isPresent();
        return configuration(loggedElsewhere ? "logging.file=" + unwritable() : condition.settings().orElse(""));
    }

    private static Path configuration(String other) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("pennylane.base-url", "http://127.0.0.1:1",
                "pennylane.tokens.directory", tokens.toString(), "warehouse.jdbc-url", database.jdbcUrl(),
                "warehouse.username", database.username(), "warehouse.password",
                database.password().map(Secret::reveal).orElseThrow(), "warehouse.start-timeout", "0s",
                "routes.directory", "routes"));
        if (!other.isEmpty()) {
            settings.put(other.split("=", 2)[0], other.split("=", 2)[1]);
        }
        StringBuilder lines = new StringBuilder();
        settings.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return Files.writeString(home.resolve("application.properties"), lines);
    }

    private static HttpResponse<String> get(String path) {
        return get(console, path);
    }

    private static HttpResponse<String> get(Console asked, String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(asked.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}
