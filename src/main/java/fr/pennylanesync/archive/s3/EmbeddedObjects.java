package fr.pennylanesync.archive.s3;

import fr.pennylanesync.disk.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the embedded S3. A server that is killed leaves half-written objects under their key and a random id,
 * which it then lists as objects, and parts of uploads. They are cleared away by the first user of the directory:
 * another one may be writing.
 */
final class EmbeddedObjects implements AutoCloseable {

    private static final Pattern HALF_WRITTEN = Pattern.compile(".*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String PARTS = ".mpus-";

    private final Path folder;
    private final FileChannel users;
    /** Folders whose own entry in the folder above is on disk: years, streams, companies, not records. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    private EmbeddedObjects(Path folder, FileChannel users) {
        this.folder = folder;
        this.users = users;
    }

    static EmbeddedObjects open(Path directory) throws IOException {
        OwnerOnly.directory(directory);
        Path folder = OwnerOnly.enclosed(directory.resolve("objects"));
        FileChannel users = OwnerOnly.open(directory.resolve("users.lock"), StandardOpenOption.READ);
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
            List<Path> leftBehind = tree.filter(path -> isLeftBehind(folder.relativize(path)))
                    .sorted(Comparator.reverseOrder()).toList();
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

    /** Flushes a file and every folder that may be new on the way to it; of the upper ones that is once for all. */
    void makeDurable(Path object) throws IOException {
        Path file = folder.resolve(object);
        flush(file, StandardOpenOption.WRITE);
        flush(file.getParent(), StandardOpenOption.READ);
        List<Path> upper = new ArrayList<>();
        for (Path at = file.getParent().getParent(); at.startsWith(folder); at = at.getParent()) {
            flush(at, StandardOpenOption.READ);
            if (durable.contains(at)) {
                break;
            }
            upper.add(at);
        }
        durable.addAll(upper);
    }

    private static void flush(Path path, StandardOpenOption mode) throws IOException {
        boolean folderOnWindows = mode == StandardOpenOption.READ
                && !path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (folderOnWindows) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        users.close();
    }
}
