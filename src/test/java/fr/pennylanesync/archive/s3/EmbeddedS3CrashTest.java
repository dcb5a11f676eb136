package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.RoutePut;
import fr.pennylanesync.archive.StoringRuntime;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime is killed in the middle of storing, again and again: what it reported as stored is there, whole. */
class EmbeddedS3CrashTest {

    private static final int KILLS = 3;
    private static final int STORED_BEFORE_KILL = 20;

    @TempDir
    Path directory;

    @Test
    void whatWasStoredOutlastsKills() throws Exception {
        List<String> stored = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            stored.addAll(storeAndKill(kill * 1_000));
        }
        assertThat(stored).hasSizeGreaterThanOrEqualTo(KILLS * STORED_BEFORE_KILL);
        try (RoutePut route = RoutePut.into(directory.resolve("archive"))) {
            S3Archive archive = route.archive();
            List<String> listed = new ArrayList<>();
            archive.list("", (key, size) -> listed.add(key));
            assertThat(listed).containsAll(stored);
            for (String text : listed) {
                ObjectKey key = ObjectKey.parse("", text).orElseThrow();
                assertThat(archive.rehash(key)).isEqualTo(key.hash());
                assertThat(archive.head(key).orElseThrow().noted()).contains(key.hash());
            }
            Upload again = StoringRuntime.upload(directory, 0);
            assertThat(route.put(again)).isFalse();
            archive.confirm(again, false);
        }
    }

    private List<String> storeAndKill(int first) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"),
                StoringRuntime.class.getName(), directory.toString(), Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> stored = new ArrayList<>();
        try (BufferedReader lines = child.inputReader()) {
            while (stored.size() < STORED_BEFORE_KILL) {
                stored.add(lines.readLine());
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return stored;
    }
}
