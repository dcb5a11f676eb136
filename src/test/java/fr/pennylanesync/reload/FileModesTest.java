package fr.pennylanesync.reload;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.lint.RouteLint;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may write a route decides what the program does: its owner alone. */
class FileModesTest {

    @TempDir
    private Path home;
    private Path routes;
    private Path file;

    @BeforeEach
    void makeRoutes() throws IOException {
        routes = Files.createDirectories(home.resolve("routes"));
        file = Files.writeString(Files.createDirectories(routes.resolve("jobs")).resolve("a.camel.yaml"), "- route:\n");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void theOwnerAloneMayWriteDirectoryFolderAndFile() throws IOException {
        for (Path path : new Path[] {routes, routes.resolve("jobs"), file}) {
            mode(path, "rwxr-xr-x");
            assertThat(FileModes.fault(path)).as(path.toString()).isEmpty();
            mode(path, "rwxr-xrwx");
            assertRefused(path, "others may write it");
            mode(path, "rwxr-xr-x");
        }
    }

    @Test
    void aGroupOfItsOwnMayWriteToo() throws IOException {
        mode(file, "rw-rw-r--");
        boolean own = Files.readAttributes(file, PosixFileAttributes.class).group().getName()
                .equals(Files.getOwner(file).getName());

        assertThat(FileModes.fault(file).isEmpty()).isEqualTo(own);
    }

    @Test
    void aLinkStaysWithinTheDirectory() throws IOException {
        Path within = Files.createSymbolicLink(routes.resolve("jobs/b.camel.yaml"), Path.of("a.camel.yaml"));
        assertThat(FileModes.fault(routes, within)).isEmpty();

        Path outside = Files.writeString(home.resolve("c.camel.yaml"), "- route:\n");
        assertRefused(Files.createSymbolicLink(routes.resolve("jobs/c.camel.yaml"), outside),
                "a link that leads out of the routes directory");
        Files.delete(routes.resolve("jobs/c.camel.yaml"));
        assertRefused(Files.createSymbolicLink(routes.resolve("steps"), home.resolve("c.camel.yaml")),
                "a link that leads out of the routes directory");
        Files.delete(routes.resolve("steps"));
        assertRefused(Files.createSymbolicLink(routes.resolve("jobs/d.camel.yaml"), Path.of("nowhere")),
                "cannot be read");
    }

    @Test
    void aPipeKeepsNobodyWaiting() throws IOException, InterruptedException {
        Path pipe = routes.resolve("jobs/pipe.camel.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertRefused(pipe, "neither a file nor a folder");
    }

    /** By lint, and by the entry through which hot reload reads. */
    private void assertRefused(Path path, String rule) {
        assertThat(RouteLint.check(routes)).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(path.toString());
            assertThat(fault.rule()).isEqualTo(rule);
        });
        assertThat(RouteSnapshot.read(routes).faults()).extracting(FactsFault::rule).contains(rule);
    }
}
