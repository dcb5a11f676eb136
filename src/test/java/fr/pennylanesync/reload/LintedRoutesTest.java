package fr.pennylanesync.reload;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.lint.AllowList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was judged once without a finding is not judged again; all else is, each time. */
class LintedRoutesTest {

    private static final String STREAM = "streams/journals.camel.yaml";

    @TempDir
    Path home;

    @Test
    void aChangeOfOneFileIsJudgedAndTheSameAgainEachTime() throws IOException {
        Path routes = copied(Path.of("routes"), home.resolve("routes"));
        assertThat(LintedRoutes.faults(RouteSnapshot.read(routes), AllowList.shipped())).isEmpty();
        Path stream = routes.resolve(STREAM);
        String whole = Files.readString(stream);
        Files.writeString(stream, whole.replace("direct:sync-stream", "direct:sync-streams"));
        for (int time = 0; time < 2; time++) {
            assertThat(LintedRoutes.faults(RouteSnapshot.read(routes), AllowList.shipped())).isNotEmpty();
        }
        Files.writeString(stream, whole);
        assertThat(LintedRoutes.faults(RouteSnapshot.read(routes), AllowList.shipped())).isEmpty();
    }

    @Test
    void aBuildNotesRoutesWithoutAFindingAlone() throws IOException {
        Files.createDirectories(home.resolve("fr/pennylanesync/reload"));
        Path note = home.resolve("fr/pennylanesync/reload/linted-routes.sha256");
        Path routes = copied(Path.of("routes"), home.resolve("routes"));
        LintedRoutes.note(home);
        assertThat(note).content(StandardCharsets.US_ASCII).matches("[0-9a-f]{64}");
        Files.writeString(routes.resolve(STREAM), "- route:\n");
        LintedRoutes.note(home);
        assertThat(note).doesNotExist();
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }
}
