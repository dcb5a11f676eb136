package fr.pennylanesync.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads {@code application.properties}, in UTF-8; a key that stands twice is a fault. */
final class SettingsFile {

    static final String NAME = "application.properties";

    private SettingsFile() {}

    static Map<String, String> read(Optional<Path> given, List<SettingsFault> faults) {
        Optional<Path> file = given.or(SettingsFile::usual);
        if (file.isEmpty()) {
            return Map.of();
        }
        Lines lines = new Lines(faults);
        try (Reader reader = Files.newBufferedReader(file.get(), UTF_8)) {
            lines.load(reader);
        } catch (IOException e) {
            faults.add(new SettingsFault("--config", "the file " + file.get() + " cannot be read ("
                    + e.getClass().getSimpleName() + ")", "Check the path, the rights, and that it is UTF-8."));
        } catch (IllegalArgumentException e) {
            faults.add(new SettingsFault("--config", "the file " + file.get() + " holds a broken \\u escape",
                    "Write the character itself: the file is UTF-8."));
        }
        Map<String, String> texts = new TreeMap<>();
        lines.stringPropertyNames().forEach(name -> texts.put(name, lines.getProperty(name)));
        return texts;
    }

    private static Optional<Path> usual() {
        return Stream.concat(Stream.of(Path.of(NAME)), besideTheJar().stream())
                .filter(Files::isRegularFile).findFirst();
    }

    private static Optional<Path> besideTheJar() {
        try {
            Path jar = Path.of(SettingsFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(jar) ? Optional.of(jar.resolveSibling(NAME)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static final class Lines extends Properties {

        private final transient List<SettingsFault> faults;

        Lines(List<SettingsFault> faults) {
            this.faults = faults;
        }

        @Override
        public synchronized Object put(Object name, Object text) {
            if (containsKey(name)) {
                faults.add(new SettingsFault(name.toString(), "stands twice in the file", "Keep one."));
            }
            return super.put(name, text);
        }
    }
}
