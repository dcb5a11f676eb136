package fr.pennylanesync.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Finds route files that others than their owner decide: whoever may write a route decides what the program does. A
 * group of the owner's name is the owner's own, as many systems give each user one.
 */
public final class FileModes {

    private FileModes() {}

    /** Returns the fault of a file or directory that others may write; none where the file system knows no modes. */
    public static Optional<FactsFault> fault(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            Set<PosixFilePermission> modes = attributes.permissions();
            boolean byGroup = modes.contains(PosixFilePermission.GROUP_WRITE)
                    && !attributes.group().getName().equals(attributes.owner().getName());
            return byGroup || modes.contains(PosixFilePermission.OTHERS_WRITE)
                    ? fault(path, "others may write it", "let its owner alone write it: chmod go-w")
                    : Optional.empty();
        } catch (IOException unreadable) {
            return fault(path, "cannot be read", "check its owner and mode");
        }
    }

    /**
     * Returns the fault of an entry of the routes directory: what others may write, what a link takes from outside the
     * directory, or what is neither file nor folder and could keep its reader waiting.
     */
    public static Optional<FactsFault> fault(Path directory, Path entry) {
        try {
            Path real = entry.toRealPath();
            if (!real.startsWith(directory.toRealPath())) {
                return fault(entry, "a link that leads out of the routes directory",
                        "put the file itself there: its modes say who may change it");
            }
            if (!Files.isRegularFile(real) && !Files.isDirectory(real)) {
                return fault(entry, "neither a file nor a folder", "remove it");
            }
        } catch (IOException unreadable) {
            return fault(entry, "cannot be read", "check its owner and mode, or the file that it links to");
        }
        return fault(entry);
    }

    private static Optional<FactsFault> fault(Path path, String rule, String remedy) {
        return Optional.of(new FactsFault(path.toString(), 0, rule, remedy));
    }
}
