package fr.pennylanesync.doctor;

import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.lint.RouteLint;
import fr.pennylanesync.runtime.ConfiguredStreams;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The route files, as {@code lint} sees them, and the streams that they declare. */
final class RoutesCheck {

    private static final String AREA = "routes";

    private final Settings settings;
    private Optional<StreamCatalog> catalog = Optional.empty();

    RoutesCheck(Settings settings) {
        this.settings = settings;
    }

    /** The streams; empty when they cannot be read, or before the check. */
    Optional<StreamCatalog> catalog() {
        return catalog;
    }

    List<Finding> run() {
        Path directory = settings.routes().directory();
        if (!Files.isDirectory(directory)) {
            return List.of(Finding.fault(AREA, "there is no directory " + directory,
                    "correct routes.directory, or put the routes there"));
        }
        AllowList allowed;
        try {
            allowed = AllowList.of(settings.routes().allow());
        } catch (RoutesException refused) {
            return findings(refused.faults());
        }
        List<Finding> faults = findings(RouteLint.check(directory, allowed));
        return Stream.concat(widened(allowed), faults.isEmpty() ? Stream.of(load(directory)) : faults.stream())
                .toList();
    }

    /** Says that route files may use more than the program ships. */
    private static Stream<Finding> widened(AllowList allowed) {
        return allowed.widening().stream().map(file -> Finding.good(AREA, file + " widens what route files may use"));
    }

    private static List<Finding> findings(List<FactsFault> faults) {
        return faults.stream()
                .map(fault -> Finding.fault(AREA, fault.file() + ":" + fault.line() + ": " + fault.rule(),
                        fault.remedy()))
                .toList();
    }

    private Finding load(Path directory) {
        try {
            StreamCatalog loaded = ConfiguredStreams.load(directory, settings);
            catalog = Optional.of(loaded);
            return Finding.good(AREA, loaded.all().size() + " streams");
        } catch (RoutesException refused) {
            return Finding.fault(AREA, refused.getMessage().replaceAll("\\s*\\R\\s*", "; "),
                    "correct the stream files or the keys streams.*");
        }
    }
}
