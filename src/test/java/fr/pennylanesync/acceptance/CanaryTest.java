package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.sandbox.Canaries;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants texts in everybody's names, labels, e-mails and IBANs, lets a great deal go wrong, and searches all that the
 * runs wrote.
 */
class CanaryTest {

    private static final int RECORDS = 80;
    /** At this level each record is many lines. */
    private static final int FEW_RECORDS = 20;
    private static final Canaries PLANTED =
            new Canaries("Zzcanaryname", "zzcanarylabel", "zzcanary@oiseau.example", "FR7612345678909876543210123");
    private static final List<String> CANARIES =
            List.of("canaryname", "canarylabel", "zzcanary@", "oiseau.example", "FR76123456789");
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\d.,])\\d{3,}\\.\\d{2}(?!\\d)");
    private static final List<String> OPERATORS_TABLES =
            List.of("batch", "checkpoint", "quarantine", "stream_state", "due", "seen_event");
    /** Everywhere but at {@code /me}. */
    private static final FaultPlan FAULTS = FaultPlan.of(Stream.concat(
            Stream.of(FaultKind.INTERNAL_ERROR, FaultKind.BAD_GATEWAY, FaultKind.UNAVAILABLE,
                    FaultKind.RESET, FaultKind.TRUNCATED_BODY, FaultKind.NULL_ITEM, FaultKind.HTML_IN_200,
                    FaultKind.ERROR_IN_200)
                    .map(kind -> FaultRule.withProbability(kind, 0.04))
                    .flatMap(rule -> Stream.of("/c", "/s", "/l", "/t").map(rule::onPath)),
            Stream.of(FaultKind.EXPIRED_FILE_URL, FaultKind.PRIVATE_REDIRECT, FaultKind.FLIPPED_BYTE,
                    FaultKind.TRUNCATED_BODY)
                    .map(kind -> FaultRule.withProbability(kind, 0.15).onPath("/files/")))
            .toArray(FaultRule[]::new));

    @TempDir
    private Path home;
    private Path routes;

    /** Columns into which nothing fits. */
    @BeforeEach
    void copyRoutesWithTooStrictColumns() throws IOException {
        routes = home.resolve("routes");
        Path shipped = Path.of("routes");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Path target = routes.resolve(shipped.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        tighten("customers", "billing_iban: text", "billing_iban: date");
        tighten("customer_invoices", "          label: text --", "          label: bigint --");
        tighten("customer_invoices", "label: text as label", "label: bigint as label");
        tighten("supplier_invoices", "          amount: numeric --", "          amount: boolean --");
        tighten("supplier_invoices", "amount_eur: numeric as amount", "amount_eur: boolean as amount");
    }

    private void tighten(String stream, String loose, String strict) throws IOException {
        Path file = routes.resolve("streams").resolve(stream + ".camel.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(loose);
        Files.writeString(file, text.replace(loose, strict));
    }

    @Test
    @Tag("minutes")
    void nothingIsToldWithTheEmbeddedWarehouse() throws IOException {
        Settings.Warehouse embedded =
                new Settings.Warehouse(Optional.empty(), new Settings.Embedded(home.resolve("postgres"), 0), 4,
                        Duration.ofMinutes(1));
        try (Sandbox sandbox = sandbox(RECORDS)) {
            ProcessInstallation installation = installation(sandbox)
                    .with("warehouse.embedded.directory", home.resolve("postgres").toString())
                    .with("warehouse.embedded.port", "0").with("logging.file", home.resolve("sync.log").toString());
            // One command opens the warehouse for all the others, too.
            try (Warehouse warehouse = Warehouse.open(embedded, line -> {})) {
                flows(installation, warehouse);
                assertOperatorsTablesAreSilent(sandbox, warehouse);
                assertNoTableHoldsTokensOrFileUrls(sandbox, warehouse);
                assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'ARCHIVED'")
                        .query(Long.class).single())
                        .as("files that were archived").isPositive();
                assertThat(warehouse.jdbc()
                        .sql("select count(*) from pennylane_sync.file where error_code is not null or attempts > 1")
                        .query(Long.class).single()).as("files that were tried again").isPositive();
            }
            assertThat(home.resolve("sync.log")).isNotEmptyFile();
            assertSilent(sandbox, List.of(installation.outputs(), home.resolve("sync.log"), postgresLog()));
            assertSilent(sandbox, objects(installation), "what the archive says of its objects");
            try (Stream<Path> downloads = Files.list(home.resolve("data/archive/downloads"))) {
                assertThat(downloads).as("downloads that were left behind").isEmpty();
            }
        }
    }

    @Test
    void nothingIsToldAtDebugLevel() throws IOException {
        Settings.Database database = TestWarehouse.newDatabase();
        // A server of its own: what S3 would log there is not ours, and is a gigabyte.
        try (EmbeddedS3 server = EmbeddedS3.start(home.resolve("server"), 0); Sandbox sandbox = sandbox(FEW_RECORDS);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            ProcessInstallation installation = installation(sandbox).into(database).withClasses(debugLogging())
                    .with("archive.s3.endpoint", server.endpoint().toString())
                    .with("archive.s3.bucket", EmbeddedS3.BUCKET)
                    .with("archive.s3.access-key", server.accessKey())
                    .with("archive.s3.secret-key", server.secretKey().reveal())
                    .with("archive.s3.path-style", "true");
            flows(installation, warehouse);
            assertThat(allText(List.of(installation.outputs()))).contains("\"level\":\"DEBUG\"");
            assertSilent(sandbox, List.of(installation.outputs()));
        }
    }

    private static Sandbox sandbox(int records) {
        return Sandbox
                .start(SandboxOptions.defaults().withCompanies(1).withRecords(records).withRateLimit(RateLimit.OFF)
                        .withCanaries(PLANTED)
                        .withFaults(FAULTS));
    }

    private ProcessInstallation installation(Sandbox sandbox) {
        return ProcessInstallation.of(home, sandbox).with("routes.directory", routes.toString());
    }

    /**
     * A stream that the database refuses, columns into which nothing fits, faults on the line, and all that looks at
     * the outcome.
     */
    private static void flows(ProcessInstallation installation, Warehouse warehouse) {
        EndedProcess first = installation.run("sync", "--stream", "journals");
        assertThat(first.exitCode()).as(first.all()).isNotEqualTo(2);
        warehouse.jdbc().sql("alter table pennylane.suppliers add constraint too_strict check (name = '')").update();
        EndedProcess refused = installation.run("sync");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.out()).as(refused.all()).contains("QUARANTINE_OPEN")
                .containsPattern("stream\\s+suppliers, entries");
        assertThat(warehouse.jdbc().sql("select distinct reason from pennylane_sync.quarantine"
                + " where stream = 'suppliers' and kind = 'RECORD'").query(String.class).list())
                .containsExactly("SQLSTATE 23514");
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.quarantine where kind = 'COLUMN'")
                .query(Long.class).single())
                .as("values that did not fit").isPositive();
        warehouse.jdbc().sql("alter table pennylane.suppliers drop constraint too_strict").update();
        warehouse.jdbc().sql("update pennylane.products set payload = jsonb_set(payload, '{price}', '1')").update();
        for (String look : List.of("sync", "status", "status --json", "verify", "verify --json", "companies",
                "tokens check")) {
            installation.run(look.split(" "));
        }
    }

    /** Key, metadata and headers of every object, as the server tells them. */
    private static String objects(ProcessInstallation installation) {
        try (S3Archive archive = S3Archive.open(installation.archive(), Clock.systemUTC())) {
            List<String> told = archive.client().listObjectsV2Paginator(request -> request.bucket(archive.bucket()))
                    .contents().stream()
                    .map(object -> object.key() + " "
                            + archive.client()
                                    .headObject(request -> request.bucket(archive.bucket()).key(object.key())))
                    .toList();
            assertThat(told).allSatisfy(object -> assertThat(object).contains("sha256="))
                    .filteredOn(object -> !object.startsWith("digests/")).isNotEmpty()
                    .allSatisfy(object -> assertThat(object).contains("company=", "record="));
            return String.join("\n", told);
        }
    }

    private Path postgresLog() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("postgres"), 2)) {
            return files.filter(file -> file.endsWith("postgres.log")).findFirst().orElseThrow();
        }
    }

    private Path debugLogging() throws IOException {
        Path classes = Files.createDirectories(home.resolve("classes"));
        try (InputStream debug = CanaryTest.class.getResourceAsStream("debug-logback.xml")) {
            Files.copy(debug, classes.resolve("logback.xml"));
        }
        return classes;
    }

    private static void assertSilent(Sandbox sandbox, List<Path> places) throws IOException {
        assertSilent(sandbox, allText(places), "what was written");
    }

    private static void assertSilent(Sandbox sandbox, String written, String where) {
        for (String canary : CANARIES) {
            assertThat(around(written, canary)).as(where + ": " + canary).isEmpty();
        }
        assertThat(amountsIn(written, amounts(sandbox))).as(where + ": amounts").isEmpty();
        assertNoTokenOrFileUrl(sandbox, written, where);
    }

    private static void assertNoTokenOrFileUrl(Sandbox sandbox, String written, String where) {
        for (SandboxCompany company : sandbox.companies()) {
            assertThat(around(written, company.token())).as(where + ": token").isEmpty();
        }
        assertThat(around(written, "/files/")).as(where + ": file URL").isEmpty();
    }

    private static void assertOperatorsTablesAreSilent(Sandbox sandbox, Warehouse warehouse) {
        for (String table : OPERATORS_TABLES) {
            // The raw material of what was set aside is the source's, as the streams' tables are.
            String rows = table.equals("quarantine")
                    ? "(select company_id, stream, kind, parent_id, record_id, subject, reason from pennylane_sync."
                            + "quarantine)"
                    : "pennylane_sync." + table;
            assertSilent(sandbox, content(warehouse, rows), table);
        }
    }

    private static void assertNoTableHoldsTokensOrFileUrls(Sandbox sandbox, Warehouse warehouse) {
        List<String> tables = warehouse.jdbc().sql("select quote_ident(table_schema) || '.' || quote_ident(table_name)"
                + " from information_schema.tables where table_schema in ('pennylane', 'pennylane_sync')")
                .query(String.class).list();
        assertThat(tables).hasSizeGreaterThan(40);
        tables.forEach(table -> assertNoTokenOrFileUrl(sandbox, content(warehouse, table), table));
    }

    private static String content(Warehouse warehouse, String table) {
        return String.join("\n",
                warehouse.jdbc().sql("select t::text from " + table + " t").query(String.class).list());
    }

    private static String allText(List<Path> places) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    text.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Where the text occurs, if it does: enough to find the line that told it. */
    private static String around(String written, String text) {
        int at = written.toLowerCase().indexOf(text.toLowerCase());
        return at < 0 ? "" : written.substring(Math.max(0, at - 200), Math.min(written.length(), at + 100));
    }

    private static Set<String> amountsIn(String written, Set<String> amounts) {
        Set<String> found = new HashSet<>();
        Matcher matcher = AMOUNT.matcher(written);
        while (matcher.find()) {
            if (amounts.contains(matcher.group())) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    /** Amounts that look like nothing else: at least a hundred, with cents. */
    private static Set<String> amounts(Sandbox sandbox) {
        Set<String> amounts = new HashSet<>();
        for (SandboxCompany company : sandbox.companies()) {
            for (String stream : List.of("customer_invoices", "supplier_invoices", "transactions",
                    "ledger_entry_lines")) {
                sandbox.truth().records(company.id(), stream)
                        .forEach(record -> record.json().forEach(value -> collect(value, amounts)));
            }
        }
        assertThat(amounts).hasSizeGreaterThan(20);
        return amounts;
    }

    private static void collect(JsonNode value, Set<String> amounts) {
        if (value.isValueNode() && AMOUNT.matcher(value.asText()).matches()) {
            amounts.add(value.asText());
        }
    }
}
