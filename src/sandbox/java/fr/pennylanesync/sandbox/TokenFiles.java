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
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            for (SandboxCompany company : companies) {
                write(directory.resolve(company.alias() + ".token"), company.token());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write tokens into " + directory, unwritable);
        }
    }

    /** The file is never readable by others, not even before the token is in it. */
    private static void write(Path file, String token) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
        }
        Files.setPosixFilePermissions(file, ownerOnly);
        Files.writeString(file, token + "\n");
    }
}
