package fr.pennylanesync.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but its owner reads the log. */
class LogFileModesTest {

    @TempDir
    Path home;

    @AfterEach
    void logToStandardError() {
        Logs.writeTo(Optional.empty());
    }

    @Test
    void theFileAndItsFolderAreClosedToOthers() throws IOException {
        Path file = home.resolve("logs/sync.log");
        Logs.writeTo(Optional.of(file));
        assertThat(modes(file)).isEqualTo("rw-------");
        assertThat(modes(file.getParent())).isEqualTo("rwx------");
    }

    @Test
    void aFileThatWasOpenIsClosed() throws IOException {
        Path file = Files.writeString(home.resolve("sync.log"), "before\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Logs.writeTo(Optional.of(file));
        assertThat(modes(file)).isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("before");
    }

    @Test
    void aLinkIsTheOperatorsChoice() throws IOException {
        Path elsewhere = Files.writeString(home.resolve("elsewhere.log"), "");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(home.resolve("sync.log"), elsewhere);
        Logs.writeTo(Optional.of(link));
        assertThat(Logs.isFileUnwritable()).isFalse();
        assertThat(modes(elsewhere)).isEqualTo("rw-r-----");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
