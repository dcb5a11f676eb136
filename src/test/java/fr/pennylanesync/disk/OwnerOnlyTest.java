package fr.pennylanesync.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made is its owner's alone; what is there and open to others is closed, or refused. */
class OwnerOnlyTest {

    @TempDir
    Path home;

    @Test
    void everyDirectoryThatIsMadeIsClosed() throws IOException {
        Path directory = home.resolve("data/archive/objects");
        assertThat(OwnerOnly.missing(directory)).containsExactly(home.resolve("data"), home.resolve("data/archive"),
                directory);
        OwnerOnly.directory(directory);
        assertThat(modes(home.resolve("data"))).isEqualTo("rwx------");
        assertThat(modes(home.resolve("data/archive"))).isEqualTo("rwx------");
        assertThat(modes(directory)).isEqualTo("rwx------");
        assertThat(OwnerOnly.missing(directory)).isEmpty();
    }

    @Test
    void oneThatIsThereIsLeftOrClosed() throws IOException {
        Path open = Files.createDirectory(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        OwnerOnly.directory(open);
        assertThat(modes(open)).isEqualTo("rwxrwxr-x");
        OwnerOnly.enclosed(open);
        assertThat(modes(open)).isEqualTo("rwx------");
    }

    @Test
    void aFileIsMadeClosedAndClosedIfItIsThere() throws IOException {
        OwnerOnly.open(home.resolve("new.lock")).close();
        assertThat(modes(home.resolve("new.lock"))).isEqualTo("rw-------");
        Path there = Files.writeString(home.resolve("there.lock"), "kept");
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-rw-rw-"));
        OwnerOnly.open(there).close();
        assertThat(modes(there)).isEqualTo("rw-------");
        assertThat(there).hasContent("kept");
    }

    @Test
    void aLinkInPlaceOfAFileOpensNoOther() throws IOException {
        Path victim = Files.writeString(home.resolve("victim"), "theirs");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(home.resolve("users.lock"), victim);
        assertThatThrownBy(() -> OwnerOnly.open(link)).isInstanceOf(IOException.class);
        assertThat(modes(victim)).isEqualTo("rw-r--r--");
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
