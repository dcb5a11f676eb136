package fr.pennylanesync.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Writes tokens where only their owner can read them. */
final class TokenFiles {

    private TokenFiles() {}

    static void write(Path directory, List<SandboxCompany> companies) {
        try {
            Files.createDirectories(directory);
            restrict(directory, "rwx------");
            for (SandboxCompany company : companies) {
                Path file = directory.resolve(company.alias() + ".token");
                if (Files.notExists(file)) {
                    Files.createFile(file);
                }
                restrict(file, "rw-------");
                Files.writeString(file, company.token() + "\n");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write tokens into " + directory, unwritable);
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
