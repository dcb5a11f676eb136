package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.fault.FaultKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxCommandTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine command =
            new CommandLine(new SandboxCommand()).setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

    @Test
    void helpNamesEveryFault() {
        assertThat(command.execute("--help")).isZero();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(output.toString()).contains(kind.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void helpNamesTheHabitsOfTheFeeds() {
        assertThat(command.execute("--help")).isZero();
        assertThat(output.toString())
                .contains("--mutate", "--quiet-children", "--exclusive-start", "--late", "--late-by", "--repeat",
                        "--oauth")
                .contains("35% create");
    }

    @Test
    void helpNamesTheKnobsOfTheDataSharing() {
        assertThat(command.execute("--help")).isZero();
        assertThat(output.toString()).contains("--share-port", "--share-directory", "--share-lag", "--share-rebuild",
                "--share-ids",
                "--share-duplicates", "--share-hide", "--share-deny", "--share-column");
    }

    @ParameterizedTest
    @CsvSource({"--rate-limit,fast", "--latency,soon", "--companies,0", "--records,1", "--port,70000",
            "--faults,/nonexistent/faults.yaml",
            "--mutate,-1", "--mutate,60001", "--late,1.5", "--late-by,0ms", "--repeat,-0.1",
            "--share-port,70000", "--share-lag,soon", "--share-rebuild,-1s", "--share-ids,other"})
    void wrongUseIsRefused(String option, String value) {
        assertThat(command.execute(option, value)).isEqualTo(2);
        assertThat(output.toString()).contains("Usage");
    }
}
