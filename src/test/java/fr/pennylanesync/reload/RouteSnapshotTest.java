package fr.pennylanesync.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as the content of a routes directory, and what is a change of it. */
class RouteSnapshotTest {

    @TempDir
    Path home;
    private Path routes;

    @BeforeEach
    void layOut() throws IOException {
        routes = Files.createDirectories(home.resolve("routes"));
        write("streams/one.yaml", "1");
        write("steps/two.yaml", "2");
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(routes.resolve(name).getParent());
        Files.writeString(routes.resolve(name), content);
    }

    private RouteSnapshot read() {
        return RouteSnapshot.read(routes);
    }

    @Test
    void contentsCountAndTimesDoNot() throws IOException {
        RouteSnapshot before = read();
        Files.setLastModifiedTime(routes.resolve("streams/one.yaml"), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(read().fingerprint()).isEqualTo(before.fingerprint());

        write("streams/one.yaml", "1 ");
        assertThat(read().fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void aRenameIsOneGoneAndOneAdded() throws IOException {
        RouteSnapshot before = read();
        Files.move(routes.resolve("streams/one.yaml"), routes.resolve("streams/uno.yaml"));
        write("steps/two.yaml", "2!");

        RouteChanges changes = read().since(before);

        assertThat(changes.gone()).containsExactly("streams/one.yaml");
        assertThat(changes.added()).containsExactly("streams/uno.yaml");
        assertThat(changes.changed()).containsExactly("steps/two.yaml");
    }

    @Test
    void anotherEndingIsAChangeOfTheSameRoute() throws IOException {
        RouteSnapshot before = read();
        Files.move(routes.resolve("streams/one.yaml"), routes.resolve("streams/one.camel.yaml"));

        RouteSnapshot after = read();

        assertThat(after.in("streams")).extracting(RouteText::id).containsExactly("one");
        RouteChanges changes = after.since(before);
        assertThat(changes.touches("streams", "one")).isTrue();
        assertThat(changes.touches("streams", "on")).isFalse();
        assertThat(changes.touches("steps", "one")).isFalse();
        assertThat(changes.touches("streams")).isTrue();
    }

    @Test
    void theSchemaForEditorsDoesNotCount() throws IOException {
        RouteSnapshot before = read();
        write("stream.schema.json", "{}");

        assertThat(read().fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void whatEditorsAndMountsLeaveBehindDoesNotCount() throws IOException {
        RouteSnapshot before = read();
        for (String name : List.of(".one.yaml.swp", ".one.yaml.swo", "one.yaml~", ".#one.yaml", "#one.yaml#", "4913",
                "one.yaml.tmp",
                "one.yaml.bak", "one.yaml.orig", ".DS_Store", "one.yaml___jb_tmp___")) {
            write("streams/" + name, "x");
        }
        Files.createDirectories(routes.resolve("..2026_11_22_10_00_00.123"));

        assertThat(read().fingerprint()).isEqualTo(before.fingerprint());
    }

    /** As Kubernetes mounts a ConfigMap: files are links to {@code ..data}, and one rename exchanges them all. */
    @Test
    void theSwapOfAMountedConfigMapIsOneChange() throws IOException {
        Path mount = Files.createDirectories(home.resolve("mount/streams"));
        version(mount, "..one", "first");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(mount.resolve("a.yaml"), Path.of("..data/a.yaml"));
        RouteSnapshot before = RouteSnapshot.read(home.resolve("mount"));
        assertThat(before.in("streams")).extracting(RouteText::content).containsExactly("first");

        version(mount, "..two", "second");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..two"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        RouteSnapshot after = RouteSnapshot.read(home.resolve("mount"));

        assertThat(after.since(before).changed()).containsExactly("streams/a.yaml");
        assertThat(after.in("streams")).extracting(RouteText::content).containsExactly("second");
    }

    private static void version(Path mount, String name, String content) throws IOException {
        Files.writeString(Files.createDirectories(mount.resolve(name)).resolve("a.yaml"), content);
    }

    @Test
    void aDirectoryThatIsAwayCannotRun() {
        RoutesException refused = catchThrowableOfType(RoutesException.class,
                () -> RouteVersion.checked(RouteSnapshot.read(home.resolve("nowhere")), StreamOptions.NONE,
                        AllowList.shipped()));

        assertThat(refused.faults()).anySatisfy(
                fault -> assertThat(fault.toString()).contains("nowhere", "cannot be read", "routes.directory"));
    }

    @Test
    void whatIsShownIsWhatWasReadUnderTheNamesThatItHas() throws IOException {
        RouteSnapshot snapshot = read();
        write("streams/one.yaml", "changed since");

        assertThat(snapshot.<String>show(directory -> read(directory.resolve("streams/one.yaml")))).isEqualTo("1");
        assertThat(snapshot.<String>show(Path::toString)).isEqualTo(routes.toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
