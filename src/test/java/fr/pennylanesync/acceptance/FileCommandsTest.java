package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.runtime.FileTruth;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, as the commands handle them: sync, status, verify. */
@Tag("minutes")
class FileCommandsTest {

    private static final String NO_SUCH_SERVER = "http://127.0.0.1:1";

    @TempDir
    private Path home;
    private Sandbox sandbox;
    private Settings.Database database;
    private Warehouse warehouse;
    private ProcessInstallation installation;

    @BeforeEach
    void start() {
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(40).withRateLimit(RateLimit.OFF));
        database = TestWarehouse.readyDatabase();
        warehouse = Warehouse.open(TestWarehouse.settings(database));
        installation = ProcessInstallation.of(home, sandbox).into(database);
    }

    @AfterEach
    void stop() {
        warehouse.close();
        sandbox.close();
    }

    @Test
    void withoutFilesTheArchiveStaysClosedAndWithThemEverythingIsCounted() throws IOException {
        assertEnds(installation.run("sync", "--no-files"), 0);
        assertThat(home.resolve("data/archive")).as("never opened").doesNotExist();
        assertThat(filesOf("supplier_invoices").path("pending").asLong()).isPositive();
        assertEnds(installation.run("verify"), 0, "0 objects verified");
        assertThat(home.resolve("data/archive")).as("nothing to verify").doesNotExist();

        assertEnds(installation.run("sync", "--stream", "quotes"), 0, "files of company");
        assertThat(filesOf("quotes").path("pending").asLong()).isZero();
        assertThat(filesOf("supplier_invoices").path("archived").asLong()).isZero();
        assertEnds(installation.run("sync", "--files"), 0);
        assertThat(filesOf("supplier_invoices").path("archived").asLong()).isPositive();
        assertThat(filesOf("supplier_invoices").path("pending").asLong()).isZero();

        int downloads = FileTruth.fetched(sandbox).size();
        assertEnds(installation.run("sync"), 0, "  0 archived, 0 unchanged, 0 kB, 0 requests");
        assertThat(FileTruth.fetched(sandbox)).hasSize(downloads);
    }

    @Test
    void whileTheArchiveIsAwayTheRecordsAreSyncedAndFilesReported() {
        installation.with("archive.s3.endpoint", NO_SUCH_SERVER).with("archive.s3.bucket", "books")
                .with("archive.s3.access-key", "key")
                .with("archive.s3.secret-key", "secret");
        assertEnds(installation.run("sync", "--files"), 1, "UNAVAILABLE", "archive.s3.endpoint");
        assertThat(count("select count(*) from pennylane_sync.batch")).as("it did not begin").isZero();
        assertEnds(installation.run("sync", "--stream", "quotes"), 1, "files: none archived", "UNAVAILABLE");
        assertThat(count("select count(*) from pennylane.quotes")).isPositive();
        assertThat(FileTruth.fetched(sandbox)).isEmpty();
        assertEnds(installation.run("sync", "--no-files", "--stream", "quotes"), 0);
    }

    @Test
    void verifyNamesObjectsThatAreMissingAlteredOrSurplus() throws IOException {
        assertEnds(installation.run("sync"), 0);
        List<String> keys = warehouse.jdbc().sql("select distinct object_key from pennylane_sync.file order by 1")
                .query(String.class).list();
        Path objects = home.resolve("data/archive/objects/archive");
        String missing = keys.get(0);
        Files.delete(objects.resolve(missing));
        String altered = keys.get(1);
        byte[] content = Files.readAllBytes(objects.resolve(altered));
        content[content.length / 2] ^= 1;
        Files.write(objects.resolve(altered), content);
        String shortened = keys.get(2);
        Files.write(objects.resolve(shortened), new byte[] {1, 2, 3});
        String surplus = keys.get(3).replaceAll("[^/]+$", "0".repeat(64) + ".pdf");
        Files.copy(objects.resolve(keys.get(3)), objects.resolve(surplus));

        EndedProcess verified = installation.run("verify");
        assertEnds(verified, 1, named(missing, "missing"), named(altered, "altered"), named(shortened, "altered"),
                named(surplus, "surplus"),
                "1 missing, 2 altered, 1 surplus");
        JsonNode sampled = new ObjectMapper().readTree(installation.run("verify", "--sample", "0", "--json").out());
        assertThat(sampled.path("objects").asInt()).isEqualTo(keys.size());
        assertThat(sampled.path("rehashed").asInt()).isZero();
        assertThat(sampled.path("altered").asInt()).as("by its size").isEqualTo(1);
        JsonNode some = new ObjectMapper().readTree(installation.run("verify", "--sample", "5", "--json").out());
        assertThat(some.path("rehashed").asInt()).isEqualTo(5);
        assertEnds(installation.run("verify", "--sample", "-1"), 2, "--sample");

        for (String wrong : List.of(altered, shortened, surplus)) {
            Files.delete(objects.resolve(wrong));
        }
        warehouse.jdbc().sql("delete from pennylane_sync.file where object_key = any(?)")
                .param(new String[] {missing, altered, shortened}).update();
        assertEnds(installation.run("sync", "--pass", "walk"), 0);
        assertEnds(installation.run("verify"), 0, "0 missing, 0 altered, 0 surplus");
    }

    private static String named(String key, String how) {
        return "object " + key + ": " + how;
    }

    private JsonNode filesOf(String stream) throws IOException {
        JsonNode company = new ObjectMapper().readTree(installation.run("status", "--json").out()).get(0);
        for (JsonNode one : company.path("streams")) {
            if (one.path("stream").asText().equals(stream)) {
                return one.path("files");
            }
        }
        throw new AssertionError("no stream " + stream);
    }

    private long count(String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }

    private static void assertEnds(EndedProcess ended, int exitCode, String... said) {
        assertThat(ended.exitCode()).as(ended.all()).isEqualTo(exitCode);
        for (String text : said) {
            assertThat(ended.all()).contains(text);
        }
    }
}
