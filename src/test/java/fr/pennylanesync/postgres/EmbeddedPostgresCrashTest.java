package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.EmbeddedPostgresTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.warehouse.CommittingRuntime;
import fr.pennylanesync.warehouse.LockHolder;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the runtime, of the server, of both; and what a container restart makes of the server's pid file. */
class EmbeddedPostgresCrashTest {

    private static final int KILL_AFTER_ROWS = 50;

    @TempDir
    static Path directory;

    @Test
    void aKilledRuntimeLosesNoCommittedRowAndItsServerIsAdopted() throws Exception {
        int committed = killRuntimeWhileItCommits();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(postgres.isAdopted()).isTrue();
            assertNothingIsLost(postgres, committed);
        }
        assertThat(PostmasterFile.read(directory.resolve("18/data"))).as("stopped by its last living user").isEmpty();
    }

    @Test
    void aKilledRuntimeWithAKilledServerLosesNoCommittedRow() throws Exception {
        int committed = killRuntimeWhileItCommits();
        killServer();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(postgres.isAdopted()).isFalse();
            assertNothingIsLost(postgres, committed);
        }
    }

    @Test
    void aProcessIdThatNowBelongsToAnotherProgramDoesNotBlockTheStart() throws Exception {
        EmbeddedPostgres killed = EmbeddedPostgres.start(directory, 0);
        Path pidFile = directory.resolve("18/data/postmaster.pid");
        killServer();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(pidFile, Files.readString(pidFile).replaceFirst("\\d+", Long.toString(other.pid())));
            EmbeddedPostgres next = EmbeddedPostgres.start(directory, 0);
            assertThat(query(next, "select 1")).isEqualTo("1");
            assertThat(other.isAlive()).isTrue();
            next.close();
        } finally {
            other.destroyForcibly();
            killed.close();
        }
    }

    @Test
    void aLivingUserWhoseServerDoesNotAnswerHereKeepsTheDirectory() throws Exception {
        EmbeddedPostgres.start(directory, 0).close();
        Path users = directory.toRealPath().resolve("18/users");
        Process holder = LockHolder.start(users.resolve("elsewhere.lock"));
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0)).isInstanceOf(SyncException.class)
                    .extracting("code").isEqualTo(PostgresErrorCode.EMBEDDED_DIRECTORY_HELD);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        EmbeddedPostgres.start(directory, 0).close();
    }

    private static int killRuntimeWhileItCommits() throws Exception {
        List<String> command = CommittingRuntime.command(System.getProperty("java.class.path"), directory, 1_000_000);
        Process runtime = new ProcessBuilder(command).redirectErrorStream(true).start();
        int committed = 0;
        try (BufferedReader output = runtime.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                committed = line.startsWith("committed ") ? Integer.parseInt(line.substring(10)) : committed;
                if (committed == KILL_AFTER_ROWS) {
                    runtime.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(committed).isGreaterThanOrEqualTo(KILL_AFTER_ROWS);
        return committed;
    }

    private static void killServer() throws Exception {
        PostmasterFile file = PostmasterFile.read(directory.resolve("18/data")).orElseThrow();
        ProcessHandle server = ProcessHandle.of(file.processId()).orElseThrow();
        server.children().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> new ServerProbe(
                new PostgresCluster(directory.resolve("18"), null, null), file.port())
                .ask() == ServerProbe.ProbeAnswer.NOT_OURS);
    }

    private static void assertNothingIsLost(EmbeddedPostgres postgres, int committed) throws Exception {
        int count = Integer.parseInt(query(postgres, "select count(*) from row_committed"));
        assertThat(count).isBetween(committed, committed + 1);
        assertThat(query(postgres, "select max(number) from row_committed")).isEqualTo(Integer.toString(count));
    }
}
