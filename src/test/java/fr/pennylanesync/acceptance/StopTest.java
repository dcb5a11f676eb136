package fr.pennylanesync.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How commands end when a signal asks for it: in order, within seconds, with nothing left behind. */
@Tag("minutes")
class StopTest {

    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    private static final int HUNG_UP = 129;
    private static final int INTERRUPTED = 130;
    private static final int SECONDS_MAX = 25;
    private static final Duration START_MAX = Duration.ofMinutes(2);

    @TempDir
    Path home;
    private Optional<Process> process = Optional.empty();

    @AfterEach
    void end() {
        process.ifPresent(Process::destroyForcibly);
    }

    @Test
    void aSyncStopsAtItsNextBatchAndTakesItsPostgresWithIt() throws Exception {
        try (Sandbox sandbox = slow(Duration.ofMillis(1_500))) {
            ProcessInstallation installation = embedded(sandbox);
            start(installation, "sync", "--no-files");
            await().atMost(START_MAX).until(() -> sandbox.requests().total() > 12);
            signal("INT");
            assertEnd(INTERRUPTED);
            assertThat(errors()).contains("Stopping after SIGINT").contains("Being finished: the batches under way of")
                    .contains("stop_asked").doesNotContain("UNEXPECTED").doesNotContain("stop_given_up")
                    .doesNotContain("command_failed");
            assertThat(postmaster()).as("the embedded PostgreSQL").doesNotExist();
            long read = sandbox.requests().total();
            assertThat(installation.run("status").out()).contains("company");
            assertThat(sandbox.requests().total()).isEqualTo(read);
        }
    }

    @Test
    void aSyncDoesNotWaitForAnAnswerThatDoesNotCome() throws Exception {
        try (Sandbox sandbox = slow(Duration.ZERO)) {
            ProcessInstallation installation = embedded(sandbox);
            assertThat(installation.run("sync", "--no-files", "--stream", "journals").exitCode()).isZero();
            try (Sandbox silent = Sandbox.start(options().withLatency(Duration.ofSeconds(40)))) {
                installation.with("pennylane.base-url", silent.baseUri().toString());
                start(installation, "sync", "--no-files");
                await().atMost(START_MAX).until(() -> silent.requests().total() > 0);
                signal("TERM");
                assertEnd(128 + 15);
                assertThat(postmaster()).as("the embedded PostgreSQL").doesNotExist();
            }
        }
    }

    @Test
    void whatOnlyReadsIsCutOff() throws Exception {
        try (Sandbox sandbox = slow(Duration.ZERO)) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database);
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                assertThat(installation.run("sync", "--no-files", "--stream", "journals").exitCode()).isZero();
                warehouse.transactionWithoutResult(() -> {
                    warehouse.jdbc().sql("lock table pennylane.journals in access exclusive mode").update();
                    start(installation, "verify");
                    await().atMost(START_MAX).until(() -> waiting(warehouse));
                    signal("INT");
                    assertEnd(INTERRUPTED);
                });
            }
            assertThat(errors()).contains("COMMAND_STOPPED").doesNotContain("command_failed");
        }
    }

    private static boolean waiting(Warehouse warehouse) {
        return warehouse.jdbc().sql("""
                select exists (select from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock')""").query(Boolean.class).single();
    }

    @Test
    void aTerminalThatGoesEndsTheServiceInOrder() throws Exception {
        try (Sandbox sandbox = slow(Duration.ofMillis(20))) {
            start(embedded(sandbox).with("console.port", "0"), "run");
            await().atMost(START_MAX).until(() -> sandbox.requests().total() > 12);
            signal("HUP");
            assertEnd(0);
            assertThat(errors()).contains("Stopping after SIGHUP").doesNotContain("stop_given_up");
            assertThat(postmaster()).as("the embedded PostgreSQL").doesNotExist();
        }
    }

    @Test
    void aTerminalThatGoesLeavesASyncUndone() throws Exception {
        try (Sandbox sandbox = slow(Duration.ofMillis(1_500))) {
            start(embedded(sandbox), "sync", "--no-files");
            await().atMost(START_MAX).until(() -> sandbox.requests().total() > 12);
            signal("HUP");
            assertEnd(HUNG_UP);
        }
    }

    @Test
    void aSecondInterruptEndsAtOnce() throws Exception {
        try (Sandbox sandbox = slow(Duration.ofSeconds(40))) {
            start(embedded(sandbox).with("console.port", "0"), "run");
            await().atMost(START_MAX).until(() -> sandbox.requests().total() > 0);
            signal("INT");
            await().atMost(START_MAX).until(() -> errors().contains("Stopping after SIGINT"));
            signal("INT");
            assertThat(process.orElseThrow().waitFor(3, SECONDS)).as("ended").isTrue();
            assertThat(process.orElseThrow().exitValue()).isEqualTo(INTERRUPTED);
            assertThat(errors()).contains("Ended at once");
        }
    }

    @Test
    void aDemoTakesItsDataWithIt() throws Exception {
        ProcessInstallation installation;
        try (Sandbox sandbox = slow(Duration.ZERO)) {
            installation = ProcessInstallation.of(home, sandbox);
        }
        Files.createSymbolicLink(home.resolve("routes"), Path.of("routes").toAbsolutePath());
        start(installation, "demo", "--records", "100", "--companies", "1", "--rate-limit", "2/5s");
        await().atMost(START_MAX).until(() -> errors().contains("budget"));
        signal("INT");
        assertEnd(INTERRUPTED);
        try (Stream<Path> left = Files.list(home.resolve("data"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsAFaultOfTheConfiguration() throws Exception {
        try (Sandbox sandbox = slow(Duration.ZERO); ServerSocket taken = new ServerSocket(0)) {
            ProcessInstallation.EndedProcess refused = embedded(sandbox)
                    .with("warehouse.embedded.port", Integer.toString(taken.getLocalPort())).run("status");
            assertThat(refused.err()).contains("EMBEDDED_PORT_TAKEN");
            assertThat(refused.exitCode()).isEqualTo(2);
        }
    }

    private static SandboxOptions options() {
        return SandboxOptions.defaults().withCompanies(1).withRecords(60).withRateLimit(RateLimit.OFF);
    }

    private static Sandbox slow(Duration latency) {
        return Sandbox.start(options().withLatency(latency));
    }

    private ProcessInstallation embedded(Sandbox sandbox) {
        return ProcessInstallation.of(home, sandbox).with("warehouse.embedded.port", "0");
    }

    private void start(ProcessInstallation installation, String... command) {
        try {
            process = Optional.of(installation.start(command));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whoever runs tests in the background may let them ignore SIGINT or SIGHUP, and so does our program then. */
    private void signal(String name) {
        assumeFalse(isIgnored(name), name + " is ignored here");
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.orElseThrow().pid())).start().waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean isIgnored(String name) {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            String ignored = status.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
            return new BigInteger(ignored.substring("SigIgn:".length()).strip(), 16)
                    .testBit(NUMBERS.get(name) - 1);
        } catch (IOException noLinux) {
            return false;
        }
    }

    private void assertEnd(int exitCode) {
        try {
            assertThat(process.orElseThrow().waitFor(SECONDS_MAX, SECONDS)).as("ended; it said " + errors()).isTrue();
            assertThat(process.orElseThrow().exitValue()).as(errors()).isEqualTo(exitCode);
        } catch (InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Path postmaster() {
        try (Stream<Path> versions = Files.list(home.resolve("data/postgres"))) {
            return versions.filter(path -> path.getFileName().toString().matches("\\d+")).findFirst().orElseThrow()
                    .resolve("data/postmaster.pid");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String errors() {
        return output(".err");
    }

    private String output(String ending) {
        try (Stream<Path> files = Files.list(home.resolve("outputs"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
