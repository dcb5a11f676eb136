package fr.pennylanesync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReferenceTest {

    private static final Path SHIPPED = Path.of("application.properties");
    private static final Path PAGE = Path.of("docs/reference/settings.md");

    @TempDir
    Path directory;

    /** After a change of the keys: {@code mvn test -Dtest=SettingsReferenceTest -Ddocs.write=true}. */
    @Test
    void theShippedFileAndThePageAreFresh() throws Exception {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(SHIPPED, SettingsReference.propertiesFile());
            Files.writeString(PAGE, SettingsReference.markdownPage());
        }
        assertThat(Files.readString(SHIPPED)).isEqualTo(SettingsReference.propertiesFile());
        assertThat(Files.readString(PAGE)).isEqualTo(SettingsReference.markdownPage());
    }

    @Test
    void theShippedFileUncommentedIsTheDefaults() throws Exception {
        String uncommented = SettingsReference.propertiesFile().replaceAll("(?m)^#(\\w)", "$1")
                .replaceAll("(?m)^(streams|companies).*$", "");
        Path file = Files.writeString(directory.resolve("application.properties"), uncommented);
        assertThat(uncommented).contains("\nsync.interval=15m\n");
        assertThat(SettingsLoader.load(Optional.of(file), Map.of(), new Properties(), UnaryOperator.identity()))
                .isEqualTo(SettingsTest.load(Map.of()));
    }

    @Test
    void thePageHoldsEveryKeyOnce() {
        String tables = SettingsReference.markdownPage();
        Keys.all().forEach(key -> assertThat(tables).containsOnlyOnce("| `" + key.name() + "` |"));
        assertThat(tables).contains("| `sync.interval` | `15m` | How often each company is synced");
    }
}
