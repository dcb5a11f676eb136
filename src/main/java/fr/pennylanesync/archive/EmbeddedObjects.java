package fr.pennylanesync.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the embedded S3. A server that is killed leaves half-written objects under their key and a random id, which it then lists
 * as objects, and parts of uploads. They are cleared away by the first user of the directory: another one may be writing.
 */
final class EmbeddedObjects implements AutoCloseable {

    private static final Pattern HALF_WRITTEN = Pattern.compile(".*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String PARTS = ".mpus-";

    private final Path folder;
    private final FileChannel users;

    private EmbeddedObjects(Path folder, FileChannel users) {
        this.folder = folder;
        this.users = users;
    }

    static EmbeddedObjects open(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("objects"));
        FileChannel users = FileChannel.open(directory.resolve("users.lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        EmbeddedObjects objects = new EmbeddedObjects(folder, users);
        objects.join();
        return objects;
    }

    /** Every user holds the lock together with the others; only alone can it be had for oneself. */
    private void join() throws IOException {
        try (FileLock alone = users.tryLock()) {
            if (alone != null) {
                clear();
            }
        } catch (OverlappingFileLockException usedInThisProcess) {
            return;
        }
        users.lock(0, Long.MAX_VALUE, true);
    }

    private void clear() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> leftBehind = tree.filter(path -> isLeftBehind(folder.relativize(path))).sorted(Comparator.reverseOrder()).toList();
            for (Path path : leftBehind) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean isLeftBehind(Path path) {
        for (Path step : path) {
            if (step.toString().startsWith(PARTS)) {
                return true;
            }
        }
        return HALF_WRITTEN.matcher(path.toString()).matches();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        users.close();
    }
}
