package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.runtime.ConfiguredStreams;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is erased and let in again by commands, which say what they did and never what they took out. */
class PrivacyCommandTest {

    private static final String PERSON = "Léa Canari";

    @TempDir
    private Path home;

    @Test
    void whoIsNamedIsErasedReportedAndReleased() throws Exception {
        Settings.Database database = TestWarehouse.newDatabase();
        Path configuration = Files.writeString(home.resolve("application.properties"), "warehouse.jdbc-url="
                + database.jdbcUrl() + "\nwarehouse.username=" + database.username() + "\nwarehouse.password="
                + database.password().orElseThrow().reveal() + "\nlogging.file=" + home.resolve("sync.log") + "\n");
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            warehouse.jdbc().sql("insert into pennylane_sync.company (id, alias, name, registration_number,"
                    + " scopes, token_salt, token_fingerprint, pinned_at, verified_at) values (1, 'acme', 'Acme', '1',"
                    + " '{}', '', '', now(), now())").update();
            assertEnds(configuration, 0, "erased: 0 persons", "report", "--company", "acme");
            assertEnds(configuration, 0, "Nothing of this person", "erase", "--company", "acme", "--supplier", "9");
            StreamTables tables = new StreamTables(warehouse.jdbc());
            ConfiguredStreams.load(settings(configuration)).all().forEach(tables::ensure);
            warehouse.jdbc().sql("insert into pennylane.customers (company_id, id, name, payload, record_hash, source,"
                    + " batch_id, first_seen_at, changed_at) values (1, 7, :name, jsonb_build_object('id', 7, 'name',"
                    + " :name::text), sha256(''), 'api', 1, now(), now())").param("name", PERSON).update();
            assertEnds(configuration, 0, "customers.name: name of the customer unless customer_type is company; keep;"
                    + " 1 row, 0 versions", "report", "--company", "1");
            assertEnds(configuration, 1, "This person is not erased", "release", "--company", "acme", "--customer",
                    "7");
            assertEnds(configuration, PennylaneSync.REFUSED, "No company acne. Did you mean acme?", "report",
                    "--company", "acne");
            assertEnds(configuration, 2, "", "erase", "--company", "acme");
            assertEnds(configuration, 2, "", "erase", "--company", "acme", "--customer", "7", "--contact", "7");
        }
    }

    private static Settings settings(Path configuration) {
        return SettingsLoader.load(Optional.of(configuration), Map.of(), new Properties(), text -> text);
    }

    private static void assertEnds(Path configuration, int exitCode, String said, String... arguments) {
        CommandRun run = CommandRun.of(configuration, "",
                Stream.concat(Stream.of("privacy"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(CommandRun.assertEnds(run, exitCode, said).text()).doesNotContain(PERSON);
    }
}
