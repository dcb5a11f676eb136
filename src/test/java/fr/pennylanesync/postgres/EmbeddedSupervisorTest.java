package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.EmbeddedPostgresTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.postgres.EmbeddedSupervisor.RestartLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A postmaster that is killed is started again at its port, and one that cannot be is given up. */
class EmbeddedSupervisorTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aKilledServerIsStartedAgainAtItsPortForAllItsUsers() throws Exception {
        try (EmbeddedSupervisor one = EmbeddedSupervisor.start(EmbeddedPostgres.start(directory, 0))) {
            EmbeddedPostgres user = EmbeddedPostgres.start(directory, 0);
            int port = user.port();
            try (EmbeddedSupervisor other = EmbeddedSupervisor.start(user)) {
                kill(directory);

                await().atMost(WITHIN).until(() -> one.restarts().count() == 1 && other.restarts().count() == 1);
                one.requireRunning();
                other.requireRunning();
                assertThat(user.port()).isEqualTo(port);
                assertThat(query(user, "select 1")).isEqualTo("1");
                assertThat(one.restarts().lastAt()).isPresent();
            }
        }
        assertThat(PostmasterFile.read(directory.resolve("18/data"))).as("its last user stopped it").isEmpty();
    }

    @Test
    void aServerThatCannotBeStartedAgainIsGivenUpAfterSoManyAttempts() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory, 0);
        RestartLimits limits = new RestartLimits(3, Duration.ofMillis(10), Duration.ofMillis(20),
                Duration.ofMinutes(1));
        try (ServerSocket taken = new ServerSocket();
                EmbeddedSupervisor supervisor = EmbeddedSupervisor.start(server, limits)) {
            kill(directory);
            take(taken, server.port());

            await().atMost(WITHIN).untilAsserted(() -> assertThatThrownBy(supervisor::requireHope)
                    .extracting("code").isEqualTo(PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED));
            assertThatThrownBy(supervisor::requireRunning).extracting("code")
                    .isEqualTo(PostgresErrorCode.EMBEDDED_RESTARTS_EXHAUSTED);
            assertThat(supervisor.restarts().count()).isZero();
        }
    }

    /** The port belongs to somebody else as soon as the server has let go of it. */
    private static void take(ServerSocket socket, int port) {
        await().pollInterval(Duration.ofMillis(1)).atMost(WITHIN).until(() -> {
            try {
                socket.bind(new InetSocketAddress(InetAddress.getByName(ServerProbe.HOST), port));
                return true;
            } catch (IOException stillHeld) {
                return false;
            }
        });
    }

    /** Ends the postmaster as {@code kill -9} does; its children notice by themselves. */
    private static void kill(Path directory) throws IOException {
        long postmaster = PostmasterFile.read(directory.resolve("18/data")).orElseThrow().processId();
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
        await().atMost(WITHIN).until(() -> !PostmasterFile.isRunning(postmaster));
    }
}
