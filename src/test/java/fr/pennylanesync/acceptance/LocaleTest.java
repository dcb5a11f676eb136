package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine reads is the same whatever language the machine speaks: digits, letters and years. */
@Tag("minutes")
class LocaleTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=tr -Duser.country=TR",
            "-Duser.language=th -Duser.country=TH -Duser.extensions=ca-buddhist-nu-thai"})
    void keysAndCommandsAreAscii(String locale) {
        try (Sandbox sandbox = Sandbox
                .start(SandboxOptions.defaults().withCompanies(1).withRecords(40).withRateLimit(RateLimit.OFF))) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation =
                    ProcessInstallation.of(home, sandbox).into(database).withOptions(List.of(locale.split(" ")));
            assertEnds(installation.run("sync", "--files"));
            assertEnds(installation.run("verify"));
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                List<String> keys =
                        warehouse.jdbc().sql("select object_key from pennylane_sync.file where state = 'ARCHIVED'")
                                .query(String.class).list();
                assertThat(keys).isNotEmpty().allMatch(key -> key.matches("\\d+/[a-z_]+/20\\d\\d/\\d+/[!-~]+"));
            }
        }
    }

    private static void assertEnds(ProcessInstallation.EndedProcess ended) {
        assertThat(ended.exitCode()).as(ended.all()).isZero();
        assertThat(ended.all()).matches("\\p{ASCII}*");
    }
}
