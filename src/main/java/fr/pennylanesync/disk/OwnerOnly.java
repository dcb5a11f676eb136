package fr.pennylanesync.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;

/**
 * Makes directories with mode 0700 and files with mode 0600, whatever the umask of the process is: books, logs and keys
 * lie in them. Where the file system knows no modes (Windows), what is made has what its folder gives it.
 */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OF_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OF_FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** Makes a directory, and each that is missing above it. One that is there stays as it is. */
    public static Path directory(Path directory) throws IOException {
        return Files.createDirectories(directory, attributes(directory, OF_DIRECTORY));
    }

    /** Returns the directories that {@link #directory} would make, the outermost first. */
    public static List<Path> missing(Path directory) {
        LinkedList<Path> missing = new LinkedList<>();
        for (Path at = directory.toAbsolutePath().normalize(); at != null
                && !Files.exists(at); at = at.getParent()) {
            missing.addFirst(at);
        }
        return List.copyOf(missing);
    }

    /**
     * Makes a directory that is ours alone, and closes it to others if it is there and open to them.
     *
     * @throws AccessDeniedException if others may use it and that cannot be changed
     */
    public static Path enclosed(Path directory) throws IOException {
        directory(directory);
        close(directory, OF_DIRECTORY);
        return directory;
    }

    /**
     * Opens a file for writing, which is made if it is missing and closed to others if it is open to them. A link in
     * its place is not followed: whoever laid it there would have another file opened.
     *
     * @param options beside that it is made and written
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(StandardOpenOption.CREATE);
        all.add(StandardOpenOption.WRITE);
        all.add(LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(file, all, attributes(file, OF_FILE));
        try {
            close(file, OF_FILE);
            return channel;
        } catch (IOException | RuntimeException open) {
            channel.close();
            throw open;
        }
    }

    /** Returns what a file is to be made with. */
    public static FileAttribute<?>[] ofFile(Path file) {
        return attributes(file, OF_FILE);
    }

    private static void close(Path path, Set<PosixFilePermission> allowed) throws IOException {
        if (!knowsModes(path) || allowed.containsAll(modes(path))) {
            return;
        }
        Set<PosixFilePermission> kept = EnumSet.copyOf(allowed);
        kept.retainAll(modes(path));
        Files.setPosixFilePermissions(path, kept);
        if (!allowed.containsAll(modes(path))) {
            throw new AccessDeniedException(path.toString(), null, "others may use it");
        }
    }

    private static Set<PosixFilePermission> modes(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> modes) {
        return knowsModes(path) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(modes)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
