package fr.pennylanesync.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** File operations that the JDK leaves out. Owner and mode are left alone where the file system has none (Windows). */
public final class FileTrees {

    private FileTrees() {}

    public static void delete(Path tree) throws IOException {
        for (Path path : list(tree, Comparator.reverseOrder())) {
            Files.delete(path);
        }
    }

    /** Makes a rename or a new name in this folder durable. Windows cannot open a folder and needs none of it. */
    static void flush(Path directory) throws IOException {
        if (!hasPosixView(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void flushFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void setMode(Path path, int mode) throws IOException {
        if (!hasPosixView(path)) {
            return;
        }
        PosixFilePermission[] highestFirst = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < highestFirst.length; bit++) {
            if ((mode >> (highestFirst.length - 1 - bit) & 1) == 1) {
                permissions.add(highestFirst[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    /** Gives a whole tree to a user and group of the same number, unless its root is theirs already. */
    static void own(Path tree, int userId) throws IOException {
        if (userId(tree) == userId) {
            return;
        }
        for (Path path : list(tree, Comparator.reverseOrder())) {
            Files.setAttribute(path, "unix:gid", userId, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Owner of a file, or -1 where files have none. */
    static int userId(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return -1;
        }
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> list(Path tree, Comparator<Path> order) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.sorted(order).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hasPosixView(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
