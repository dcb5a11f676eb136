package fr.pennylanesync.reload;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.FileModes;
import fr.pennylanesync.stream.RouteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The route files of a directory as they were at one moment. Whatever is checked and started afterwards is this,
 * however the directory goes on changing. What editors and mounts leave behind is no part of it; symbolic links are
 * followed within the directory.
 */
public final class RouteSnapshot {

    /** Ours are below 5 kB; what is longer is cut, and refused by lint. */
    static final int FILE_BYTES_MAX = 1_000_000;
    static final int FILES_MAX = 2_000;

    private final Path directory;
    /**
     * The contents by name within the directory, as {@code streams/customers.camel.yaml}; the name of a folder where
     * none should be ends in a slash, and its content is empty.
     */
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, Instant> modified = new HashMap<>();
    private final List<FactsFault> faults = new ArrayList<>();

    private RouteSnapshot(Path directory) {
        this.directory = directory;
    }

    /** A directory that cannot be read, or in which a file vanished meanwhile, is a snapshot that cannot run. */
    public static RouteSnapshot read(Path directory) {
        RouteSnapshot snapshot = new RouteSnapshot(directory);
        try {
            FileModes.fault(directory).ifPresent(snapshot.faults::add);
            for (Path entry : RouteFiles.entries(directory)) {
                snapshot.add(entry.getFileName().toString(), entry, true);
            }
            return snapshot;
        } catch (IOException | UncheckedIOException unreadable) {
            RouteSnapshot nothing = new RouteSnapshot(directory);
            nothing.fault("", "the routes cannot be read", "check `routes.directory` and its mount");
            return nothing;
        }
    }

    private void add(String name, Path path, boolean folderExpected) throws IOException {
        Optional<FactsFault> refused = FileModes.fault(directory, path);
        if (refused.isPresent()) {
            faults.add(refused.get());
            return;
        }
        if (Files.isDirectory(path)) {
            files.put(name + "/", new byte[0]);
            for (Path entry : folderExpected ? RouteFiles.entries(path) : List.<Path>of()) {
                add(name + "/" + entry.getFileName(), entry, false);
            }
            return;
        }
        if (files.size() >= FILES_MAX) {
            fault(name, "more than " + FILES_MAX + " files", "move what is no route out of the routes directory");
            return;
        }
        try (InputStream content = Files.newInputStream(path)) {
            files.put(name, content.readNBytes(FILE_BYTES_MAX));
            modified.put(name, Files.getLastModifiedTime(path).toInstant());
        } catch (AccessDeniedException unreadable) {
            fault(name, "cannot be read", "check its owner and mode");
        }
    }

    private void fault(String name, String rule, String remedy) {
        faults.add(new FactsFault(directory.resolve(name).toString(), 0, rule, remedy));
    }

    /** Files that are there and could not be read. */
    List<FactsFault> faults() {
        return List.copyOf(faults);
    }

    /** Equal exactly for equal names and contents. */
    public Sha256 fingerprint() {
        List<byte[]> parts = parts();
        faults.forEach(fault -> parts.add(fault.toString().getBytes(StandardCharsets.UTF_8)));
        return Sha256.of(parts.toArray(byte[][]::new));
    }

    /** Equal exactly for equal names and contents of those files that could be read. */
    Sha256 contentHash() {
        return Sha256.of(parts().toArray(byte[][]::new));
    }

    private List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>();
        files.forEach((name, content) -> {
            parts.add((name + "\n").getBytes(StandardCharsets.UTF_8));
            parts.add(Sha256.of(content).bytes());
        });
        return parts;
    }

    /** Returns what each file was when it was read, by name. */
    public Map<String, RouteStamp> stamps() {
        Map<String, RouteStamp> stamps = new TreeMap<>();
        modified.forEach((name, at) -> stamps.put(name, new RouteStamp(Sha256.of(files.get(name)).toString(), at)));
        return stamps;
    }

    /** Returns where the files were, as the configuration names it. */
    public Path directory() {
        return directory;
    }

    /** The route files of one folder, in the order of their names. */
    public List<RouteText> in(String folder) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder + "/") && RouteFiles.isRoute(file.getKey()))
                .map(file -> new RouteText(directory.resolve(file.getKey()).toString(), folder,
                        RouteFiles.stem(file.getKey()),
                        new String(file.getValue(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** Returns what must be done to come from another snapshot to this one. */
    public RouteChanges since(RouteSnapshot before) {
        return RouteChanges.between(before.files, files);
    }

    /** Shows the files to work that reads a directory, under the names that they have there. */
    <T> T show(Function<Path, T> work) {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.forCurrentPlatform())) {
            Path root = memory.getPath(directory.toString());
            Files.createDirectories(root);
            for (var file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(file.getKey().endsWith("/") ? path : path.getParent());
                if (!file.getKey().endsWith("/")) {
                    Files.write(path, file.getValue());
                }
            }
            return work.apply(root);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
