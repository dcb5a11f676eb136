package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program quickly, with a java that only says how it was called. */
class LauncherTest {

    private static final String JAVA = """
            #!/bin/sh
            echo "$@"
            for word in "$@"; do
                case "$word" in -XX:ArchiveClassesAtExit=*) echo archive > "${word#*=}" ;; esac
            done
            exit "$CODE"
            """;

    @TempDir
    private Path home;
    private Path jar;
    private Path archive;

    @BeforeEach
    void install() throws IOException {
        jar = Files.createFile(home.resolve("pennylane-sync.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        archive = home.resolve("pennylane-sync.jsa");
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theFirstLookLeavesTheArchiveAndOthersUseIt() throws Exception {
        assertThat(run(1, "status", "--company", "a b")).contains("ArchiveClassesAtExit", "status --company a b");
        assertThat(archive).exists();
        assertThat(run(0, "psql")).contains("-XX:SharedArchiveFile=" + archive).doesNotContain("AtExit");
        assertThat(run(0, "status")).contains("-XX:SharedArchiveFile=" + archive).doesNotContain("AtExit");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).as("nothing else is left").hasSize(3);
        }
    }

    @Test
    void whatWasRefusedLeavesNone() throws Exception {
        assertThat(run(2, "status", "--colour")).contains("ArchiveClassesAtExit");
        assertThat(archive).doesNotExist();
        assertThat(run(0, "status")).contains("ArchiveClassesAtExit");
    }

    @Test
    void whatWorksForLongIsStartedAtOnce() throws Exception {
        assertThat(run(0, "run")).doesNotContain("AtExit", "Shared", "TieredStopAtLevel");
        assertThat(run(0)).doesNotContain("AtExit", "Shared", "TieredStopAtLevel");
    }

    @Test
    void whatIsOverSoonIsCompiledQuickly() throws Exception {
        assertThat(run(0, "sync", "--no-files")).contains("-XX:TieredStopAtLevel=1", "sync --no-files")
                .doesNotContain("AtExit");
    }

    @Test
    void anArchiveThatIsOlderThanTheJarIsMadeAnew() throws Exception {
        Files.createFile(archive);
        Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH.minusSeconds(1)));

        assertThat(run(0, "companies")).contains("ArchiveClassesAtExit").doesNotContain("SharedArchiveFile");
        assertThat(archive).hasContent("archive");
    }

    private String run(int code, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "src/main/bin/pennylane-sync"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", home.resolve("java").toString());
        builder.environment().put("PENNYLANE_SYNC_JAR", jar.toString());
        builder.environment().put("CODE", Integer.toString(code));
        builder.environment().remove("PENNYLANE_SYNC_JAVA_OPTS");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
