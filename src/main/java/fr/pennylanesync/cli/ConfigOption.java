package fr.pennylanesync.cli;

import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}: where the configuration is read from. */
final class ConfigOption {

    @Option(names = "--config", paramLabel = "FILE",
            description = "Configuration file (default: application.properties, if there is one).")
    private Path file;

    Settings load() {
        return SettingsLoader.load(Optional.ofNullable(file), System.getenv(), System.getProperties(),
                Placeholders::resolve);
    }
}
