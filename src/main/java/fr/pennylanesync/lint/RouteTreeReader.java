package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.FileModes;
import fr.pennylanesync.stream.LocatedYaml;
import fr.pennylanesync.stream.RouteFiles;
import fr.pennylanesync.stream.RoutesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a routes directory: which files there are, whether each is YAML and holds exactly one route under its own name.
 */
final class RouteTreeReader {

    /** Our own largest is below 5 kB. */
    static final long FILE_SIZE_MAX_BYTES = 100_000;

    private final Path directory;
    private final List<RouteFile> files = new ArrayList<>();
    private final Map<Folder, Set<String>> stems = new EnumMap<>(Folder.class);
    private final List<FactsFault> faults = new ArrayList<>();

    private RouteTreeReader(Path directory) {
        this.directory = directory;
    }

    /** @throws java.io.UncheckedIOException if the directory cannot be listed */
    static RouteTree read(Path directory) {
        RouteTreeReader reader = new RouteTreeReader(directory);
        FileModes.fault(directory).ifPresent(reader.faults::add);
        RouteFiles.entries(directory).forEach(reader::readFolder);
        if (reader.stems.isEmpty() && reader.faults.isEmpty()) {
            reader.fault(directory, "no route file at all", "check `routes.directory` and its mount");
        }
        return new RouteTree(directory, reader.files, reader.stems, reader.faults);
    }

    private void readFolder(Path path) {
        if (isRefused(path)) {
            return;
        }
        Optional<Folder> folder = Folder.named(path.getFileName().toString());
        if (folder.isEmpty() || !Files.isDirectory(path)) {
            fault(path, "not a folder of routes",
                    "use streams/, steps/, jobs/ or policies/, or move it out of the routes directory");
            return;
        }
        RouteFiles.entries(path).forEach(file -> readFile(folder.get(), file));
    }

    private void readFile(Folder folder, Path path) {
        if (isRefused(path)) {
            return;
        }
        String name = path.toString();
        if (!RouteFiles.isRoute(name) || Files.isDirectory(path)) {
            fault(path, "not a route file",
                    "name it `<id>" + RouteFiles.ENDING + "`, directly in " + folder.label()
                            + "/, or move it out of the routes directory");
            return;
        }
        if (!stems.computeIfAbsent(folder, any -> new HashSet<>()).add(RouteFiles.stem(name))) {
            faults.add(RouteFiles.twice(name));
            return;
        }
        try {
            if (Files.size(path) > FILE_SIZE_MAX_BYTES) {
                fault(path, "larger than " + FILE_SIZE_MAX_BYTES + " bytes",
                        "a route file says what and when, values belong elsewhere");
                return;
            }
            read(folder, name, Files.readString(path));
        } catch (RoutesException refused) {
            faults.addAll(refused.faults());
        } catch (IOException e) {
            fault(path, "cannot be read", "check its mode and encoding (UTF-8)");
        }
    }

    private boolean isRefused(Path path) {
        Optional<FactsFault> refused = FileModes.fault(directory, path);
        refused.ifPresent(faults::add);
        return refused.isPresent();
    }

    private void read(Folder folder, String name, String content) {
        RouteFile file = new RouteFile(name, folder, content, LocatedYaml.read(name, content));
        List<FactsFault> shape = RouteShape.faults(file);
        faults.addAll(shape);
        if (shape.isEmpty()) {
            files.add(file);
        }
    }

    private void fault(Path path, String rule, String remedy) {
        faults.add(new FactsFault(path.toString(), 0, rule, remedy));
    }
}
