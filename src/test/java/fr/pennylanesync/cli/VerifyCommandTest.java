package fr.pennylanesync.cli;

import static fr.pennylanesync.cli.CommandRun.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code verify} and {@code digest} over one synced installation: exit codes, lines and JSON. */
class VerifyCommandTest {

    private static final String EDITED = "update pennylane.customers set name = name || '.'"
            + " where id = (select min(id) from pennylane.customers)";

    @TempDir
    private static Path home;
    private static Sandbox sandbox;
    private static Warehouse warehouse;
    private static Path configuration;

    @BeforeAll
    static void sync() throws IOException {
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF));
        Settings.Database database = TestWarehouse.newDatabase();
        warehouse = Warehouse.open(TestWarehouse.settings(database));
        Path tokens = home.resolve("tokens");
        sandbox.writeTokens(tokens);
        configuration = Files.write(home.resolve("test.properties"), List.of(
                "pennylane.base-url=" + sandbox.baseUri(), "pennylane.tokens.directory=" + tokens,
                "pennylane.rate.requests=10000", "archive.directory=" + home.resolve("archive"),
                "digest.directory=" + home.resolve("copies"), "logging.file=" + home.resolve("sync.log"),
                "warehouse.jdbc-url=" + database.jdbcUrl(), "warehouse.username=" + database.username(),
                "warehouse.password=" + database.password().map(Secret::reveal).orElse("")));
        assertEnds(run("sync", "--stream", "customers", "--stream", "quotes"), 0);
    }

    @AfterAll
    static void close() {
        warehouse.close();
        sandbox.close();
    }

    @Test
    void whatIsTrueIsVerifiedByEveryDigestAndKey() throws IOException {
        String line = assertEnds(run("digest", "now"), 0).out();
        assertThat(line).matches("\\d+ [0-9a-f]{64} \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\s*");
        assertThat(assertEnds(run("digest", "print"), 0).out()).isEqualTo(line);
        Path key = Files.writeString(home.resolve("key.pem"), assertEnds(run("digest", "key"), 0).out());
        assertThat(key).content().startsWith("-----BEGIN PUBLIC KEY-----");

        JsonNode latest = assertEnds(run("verify", "--digest", "latest", "--json"), 0).json();
        assertThat(latest.path("digests").asInt()).isOne();
        assertThat(latest.path("heads").asInt()).isPositive();
        assertThat(latest.path("trusted").asBoolean()).isTrue();
        assertThat(latest.path("differences")).isEmpty();
        assertThat(assertEnds(run("verify", "--digest", "all", "--public-key", key.toString(), "--json"), 0).json()
                .path("digests").asInt()).isGreaterThan(1);
        assertEnds(run("verify", "--digest", newestCopy().toString(), "--public-key", key.toString()), 0,
                "1 digest verified by a trusted key", " 0 differences");
    }

    @Test
    void aDigestThatIsNotTheOneIsNamed() throws IOException {
        Path altered = Files.writeString(home.resolve("altered.json"),
                Files.readString(newestCopy()).replaceFirst("\"rows\":", "\"rows\":1"));
        assertEnds(run("verify", "--digest", altered.toString()), 1, "DIGEST_SIGNATURE digest altered.json");
        assertEnds(run("verify", "--digest", home.resolve("none.json").toString()), 1, "DIGEST_MISSING");
        assertEnds(run("verify", "--digest", "latest", "--public-key", altered.toString()), 2, "DIGEST_KEY_UNUSABLE");
        assertEnds(run("verify", "--public-key", altered.toString()), 2, "only together with --digest");
        assertEnds(run("digest"), 2, "One of now, print and key is missing");
    }

    @Test
    void whatLandedBeforeIsLeftOutAndCounted() throws IOException {
        long rows = warehouse.jdbc().sql("select (select count(*) from pennylane.customers)"
                + " + (select count(*) from pennylane_sync.record_version where stream = 'customers')")
                .query(Long.class).single();
        edited(() -> {
            JsonNode later = assertEnds(run("verify", "--stream", "customers", "--since", "2999-01-31", "--json"), 0)
                    .json();
            assertThat(later.path("since").asText()).isEqualTo("2999-01-31T00:00:00Z");
            assertThat(later.path("rows").asLong()).isZero();
            assertThat(later.path("rows_left_out").asLong()).isEqualTo(rows);
            assertThat(later.path("batches_left_out").asLong()).isPositive();
            assertEnds(run("verify", "--stream", "customers", "--since", "2001-01-31T08:00:00+01:00"), 1,
                    "column name: is not what the payload says", "left out: 0 rows and 0 batches");
        });
        assertEnds(run("verify", "--since", "yesterday"), 2, "--since: a date such as");
    }

    @Test
    void anInterruptedVerificationGoesOnWhereItStoppedAndSaysSo() throws IOException {
        Path file = home.resolve("progress.jsonl");
        String[] verify = {"verify", "--stream", "customers", "--stream", "quotes", "--resume", file.toString()};
        // It ends behind the records: there is no such document.
        edited(() -> assertEnds(run(with(verify, "--digest", home.resolve("none.json").toString())), 1,
                "DIGEST_MISSING"));
        Files.writeString(file, Files.readString(file) + "{\"company\":1,\"str");
        assertEnds(run("verify", "--stream", "customers", "--resume", file.toString()), 2, "RESUME_FILE_UNUSABLE");

        CommandRun resumed = assertEnds(run(with(verify, "--json")), 1);
        assertThat(resumed.json().path("verified_before").asInt()).isPositive();
        assertThat(resumed.json().path("verified_before_from").asText()).startsWith("2");
        assertThat(resumed.json().path("differences").get(0).asText()).as("found by the first of the two")
                .contains("customers row", "column name");
        assertThat(file).as("everything is verified").doesNotExist();
        assertEnds(run(verify), 0);
        assertThat(assertEnds(run(verify), 0).text()).doesNotContain("verified before");
    }

    @Test
    void anObjectOfACompanyThatIsNotKnownIsNamed() throws IOException {
        Path objects = home.resolve("archive/objects/archive");
        String key = "999999/quotes/2026/1/" + "0".repeat(64) + ".pdf";
        Files.createDirectories(objects.resolve(key).getParent());
        Files.write(objects.resolve(key), new byte[] {1, 2, 3});
        try {
            JsonNode verified = assertEnds(run("verify", "--json"), 1).json();
            assertThat(verified.path("surplus").asInt()).isOne();
            assertThat(verified.path("differences").get(0).asText())
                    .isEqualTo("object " + key + ": surplus, its company is not known");
        } finally {
            Files.delete(objects.resolve(key));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A column is changed meanwhile. */
    private static void edited(Work work) throws IOException {
        warehouse.jdbc().sql("create table pennylane_sync.kept as table pennylane.customers").update();
        try {
            assertThat(warehouse.jdbc().sql(EDITED).update()).isOne();
            work.run();
        } finally {
            warehouse.jdbc().sql("update pennylane.customers c set name = k.name from pennylane_sync.kept k"
                    + " where k.company_id = c.company_id and k.id = c.id").update();
            warehouse.jdbc().sql("drop table pennylane_sync.kept").update();
        }
    }

    private static Path newestCopy() throws IOException {
        try (Stream<Path> copies = Files.walk(home.resolve("copies"))) {
            return copies.filter(file -> file.toString().endsWith(".json")).sorted().reduce((one, next) -> next)
                    .orElseThrow();
        }
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    private static CommandRun run(String... command) {
        return CommandRun.of(configuration, "", command);
    }
}
