package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.cli.CommandRun;
import fr.pennylanesync.sandbox.Canaries;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareOptions;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.tracing.OtlpServer;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the rules for personal data are, nothing that a person looks at or that lies about tells of anybody. */
class PrivacyCanaryTest {

    private static final Canaries PLANTED =
            new Canaries("Zzcanaryname", "zzcanarylabel", "zzcanary@oiseau.example", "FR7612345678909876543210123");
    private static final List<String> CANARIES =
            List.of("canaryname", "canarylabel", "zzcanary@", "oiseau.example", "fr76123456789");
    private static final String KEY = "a key that nobody can guess, of 40 characters";
    private static final Map<String, String> MIXED = Map.of("privacy.personal-data", "hash",
            "streams.customers.privacy", "keep", "streams.quotes.privacy", "omit",
            "streams.customers.billing_iban.privacy", "mask");
    private static final String[] SYNC = {"sync", "--stream", "customers", "--stream", "suppliers", "--stream",
            "sepa_mandates", "--stream", "quotes", "--stream", "customer_invoices"};
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)\"");
    private static final int PAGES_MAX = 60;

    private static Sandbox sandbox;
    private static long company;

    @TempDir
    private Path home;
    @TempDir
    private Path shareHome;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF)
                .withCanaries(PLANTED));
        company = sandbox.companies().get(0).id();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Stream<Arguments> rules() {
        return Stream.of(Arguments.of("keep", Map.of()),
                Arguments.of("hash", Map.of("privacy.personal-data", "hash")),
                Arguments.of("omit", Map.of("privacy.personal-data", "omit")));
    }

    /** Each rule alone; {@link #noCommandNoLogAndNoFileTellsOfAnybodyByMixedRules} has them all, in every build. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    @Tag("minutes")
    void noCommandNoLogAndNoFileTellsOfAnybody(String name, Map<String, String> rules) throws IOException {
        look(name, rules);
    }

    @Test
    void noCommandNoLogAndNoFileTellsOfAnybodyByMixedRules() throws IOException {
        look("mixed", MIXED);
    }

    private void look(String name, Map<String, String> rules) throws IOException {
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database));
                OtlpServer traces = new OtlpServer()) {
            Path configuration = configuration(database, rules, traces);
            StringBuilder told = new StringBuilder();
            refuse(warehouse);
            run(told, configuration, 0, SYNC);
            assertThat(warehouse.jdbc().sql("select stream from pennylane_sync.quarantine").query(String.class).list())
                    .as("set aside").contains("customers", "suppliers");
            for (String look : List.of("status", "status --json", "quarantine list", "quarantine list --json",
                    "companies", "alarms", "privacy report --company " + company)) {
                run(told, configuration, look.split(" "));
            }
            for (String entry : warehouse.jdbc().sql("select id::text from pennylane_sync.quarantine")
                    .query(String.class).list()) {
                run(told, configuration, 0, "quarantine", "show", entry);
                run(told, configuration, 0, "quarantine", "show", entry, "--json");
            }
            if (name.equals("hash") || name.equals("omit")) {
                assertThat(placesOf(warehouse, persons())).as("what is ruled is nowhere").isEmpty();
            } else {
                assertThat(placesOf(warehouse, persons())).isNotEmpty();
            }
            if (name.equals("mixed")) {
                assertThat(placesOf(warehouse, List.of(PLANTED.iban()))).isEmpty();
                assertThat(placesOf(warehouse, List.of(PLANTED.email()))).contains("pennylane.customers")
                        .doesNotContain("pennylane.suppliers", "pennylane.quotes");
            }
            erase(told, configuration, warehouse, name.equals("keep"));
            assertSilent(told.toString(), "what the commands said");
            assertSilent(filesBelow(home), "what lies in files");
            assertOperatorsTablesAreSilent(warehouse);
            assertThat(traces.spans()).isNotEmpty();
            assertSilent(traces.text(), "traces");
        }
    }

    /** Of whom was erased nothing is anywhere, and everything is proven that stands. */
    private static void erase(StringBuilder told, Path configuration, Warehouse warehouse, boolean isKept) {
        String customer = warehouse.jdbc().sql("select min(id)::text from pennylane.customers where customer_type ="
                + " 'individual' and payload ->> 'phone' is not null").query(String.class).optional()
                .orElseGet(() -> warehouse.jdbc().sql("select min(id)::text from pennylane.customers")
                        .query(String.class).single());
        List<String> theirs = warehouse.jdbc().sql("select payload ->> 'phone' from pennylane.customers where id ="
                + " ?::bigint and payload ->> 'phone' is not null").param(customer).query(String.class).list();
        run(told, configuration, 0, "privacy", "erase", "--company", Long.toString(company), "--customer", customer);
        run(told, configuration, 0, "digest", "now");
        run(told, configuration, 0, "verify", "--digest", "all");
        if (isKept) {
            assertThat(theirs).isNotEmpty();
            assertThat(placesOf(warehouse, theirs)).as("of whom was erased").isEmpty();
        }
    }

    @Test
    @Tag("minutes")
    void noPageNoMetricAndNoAlarmTellsOfAnybody() throws Exception {
        Settings.Database database = TestWarehouse.readyDatabase();
        List<String> alarms = new ArrayList<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            synchronized (alarms) {
                alarms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database));
                OtlpServer traces = new OtlpServer();
                SandboxShare share = sandbox.openShare(ShareOptions.in(shareHome))) {
            refuse(warehouse);
            Path temporary = Files.createDirectory(home.resolve("tmp"));
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database)
                    .with("console.port", "0").with("privacy.hash-key", KEY).with("alarms.webhook",
                            "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook")
                    .with("tracing.endpoint", traces.endpoint().toString()).with("share.jdbc-url", share.jdbcUrl())
                    .with("share.username", share.login().username())
                    .with("share.password", share.login().password())
                    .withOptions(List.of("-Djava.io.tmpdir=" + temporary));
            MIXED.forEach(installation::with);
            Process process = installation.start("run");
            try {
                crawl(installation, alarms);
            } finally {
                process.destroy();
                process.waitFor();
            }
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.batch where pass = 'history'")
                    .query(Long.class).single()).as("read from the share").isPositive();
            assertSilent(filesBelow(home), "what lies in files");
            assertSilent(logsBelow(shareHome), "what the share logs");
            assertOperatorsTablesAreSilent(warehouse);
            assertThat(traces.spans()).isNotEmpty();
            assertSilent(traces.text(), "traces");
        } finally {
            webhook.stop(0);
        }
    }

    private void crawl(ProcessInstallation installation, List<String> alarms) {
        await().atMost(Duration.ofMinutes(1)).until(() -> filesBelow(installation.outputs()).contains("Console: "));
        Matcher at = Pattern.compile("Console: (\\S+)/").matcher(filesBelow(installation.outputs()));
        assertThat(at.find()).isTrue();
        String root = at.group(1);
        await().atMost(Duration.ofMinutes(1)).until(() -> get(root + "/observe/metrics")
                .contains("pennylane_sync_quarantined_total") && get(root + "/alarms").contains("QUARANTINE"));
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            synchronized (alarms) {
                return !alarms.isEmpty();
            }
        });
        for (String language : List.of("en", "fr")) {
            Set<String> seen = new HashSet<>(Set.of("/", "/observe/metrics", "/observe/health", "/status.json"));
            Deque<String> open = new ArrayDeque<>(seen);
            while (!open.isEmpty() && seen.size() < PAGES_MAX) {
                String page = open.remove();
                String body = get(root + page + (page.contains("?") ? "&" : "?") + "lang=" + language);
                assertSilent(body, page + " in " + language);
                LINK.matcher(body).results().map(link -> link.group(1).replace("&amp;", "&")).filter(seen::add)
                        .forEach(open::add);
            }
            assertThat(seen).contains("/alarms", "/routes", "/runs", "/proof", "/companies/" + company);
        }
        synchronized (alarms) {
            assertSilent(String.join("\n", alarms), "what the webhook was told");
        }
    }

    private static String get(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The table takes one supplier and one individual customer not: each is set aside with all that came of it. */
    private static void refuse(Warehouse warehouse) {
        refuse(warehouse, "suppliers", record -> true);
        refuse(warehouse, "customers", record -> record.path("customer_type").asText().equals("individual"));
    }

    private static void refuse(Warehouse warehouse, String stream, Predicate<JsonNode> chosen) {
        long id = sandbox.truth().records(company, stream).map(record -> record.json()).filter(chosen)
                .mapToLong(record -> record.path("id").asLong()).max().orElseThrow();
        warehouse.jdbc().sql("alter table pennylane." + stream + " add constraint too_strict check (id <> " + id + ")")
                .update();
    }

    private Path configuration(Settings.Database database, Map<String, String> rules, OtlpServer traces)
            throws IOException {
        Path tokens = home.resolve("tokens");
        sandbox.writeTokens(tokens);
        Map<String, String> settings = new TreeMap<>(rules);
        settings.putAll(Map.of("pennylane.base-url", sandbox.baseUri().toString(), "pennylane.tokens.directory",
                tokens.toString(), "pennylane.rate.requests", "10000", "pennylane.rate.window", "1s",
                "archive.directory", home.resolve("archive").toString(), "logging.file",
                home.resolve("sync.log").toString(), "digest.directory", home.resolve("digests").toString(),
                "privacy.hash-key", KEY, "retry.delay-ms", "5"));
        settings.putAll(Map.of("tracing.endpoint", traces.endpoint().toString(), "warehouse.jdbc-url",
                database.jdbcUrl(), "warehouse.username", database.username(),
                "warehouse.password", database.password().map(Secret::reveal).orElse("")));
        return Files.write(home.resolve("test.properties"),
                settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
    }

    private static void run(StringBuilder told, Path configuration, int exit, String... command) {
        CommandRun ended = run(told, configuration, command);
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(exit);
    }

    private static CommandRun run(StringBuilder told, Path configuration, String... command) {
        CommandRun ended = CommandRun.of(configuration, "", command);
        told.append(ended.out()).append(ended.err());
        return ended;
    }

    /** Names, telephone numbers and the like that no company bears too. */
    private static List<String> persons() {
        List<String> found = new ArrayList<>(List.of(PLANTED.email(), PLANTED.iban()));
        List<String> names = sandbox.truth().records(company, "suppliers")
                .map(record -> record.json().path("name").asText()).toList();
        sandbox.truth().records(company, "customers").map(record -> record.json())
                .filter(customer -> customer.path("customer_type").asText().equals("individual"))
                .flatMap(customer -> Stream.of("name", "last_name", "phone").map(customer::path))
                .filter(JsonNode::isTextual).map(JsonNode::asText).filter(text -> text.length() > 3)
                .filter(text -> names.stream().noneMatch(other -> other.contains(text))).forEach(found::add);
        assertThat(found).hasSizeGreaterThan(4);
        return found;
    }

    /** The tables in which any of these texts stands, in whichever column. */
    private static List<String> placesOf(Warehouse warehouse, List<String> texts) {
        String[] patterns = texts.stream().map(text -> "%" + text.replace("%", "") + "%").toArray(String[]::new);
        return tables(warehouse).filter(table -> warehouse.jdbc().sql("select exists (select from " + table
                + " t where t::text ilike any(?::text[]))").param(patterns).query(Boolean.class).single()).toList();
    }

    private static Stream<String> tables(Warehouse warehouse) {
        return warehouse.jdbc().sql("select n.nspname || '.' || quote_ident(c.relname) from pg_class c join"
                + " pg_namespace n on n.oid = c.relnamespace where n.nspname in ('pennylane', 'pennylane_sync')"
                + " and c.relkind = 'r' order by 1").query(String.class).list().stream();
    }

    /** What was received stands in the records' own tables, in the raw material of the quarantine, in files' names. */
    private static void assertOperatorsTablesAreSilent(Warehouse warehouse) {
        tables(warehouse).filter(table -> table.startsWith("pennylane_sync."))
                .filter(table -> !table.endsWith(".record_version")).forEach(table -> {
                    String rows = String.join("\n", warehouse.jdbc().sql("select (to_jsonb(t) - 'raw' - 'file_name')"
                            + "::text from " + table + " t").query(String.class).list());
                    assertSilent(rows, table);
                });
    }

    private static String logsBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".log")).map(PrivacyCanaryTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Texts and names of all files but the archived documents themselves, whose texts are Pennylane's. */
    private static String filesBelow(Path directory) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(file).append('\n');
                if (!file.toString().contains("/objects/")) {
                    text.append(text(file)).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void assertSilent(String written, String where) {
        String lower = written.toLowerCase(Locale.ROOT);
        for (String canary : CANARIES) {
            int at = lower.indexOf(canary);
            assertThat(at < 0 ? "" : written.substring(Math.max(0, at - 200), Math.min(written.length(), at + 100)))
                    .as(where + ": " + canary).isEmpty();
        }
    }
}
