package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command explains itself, within a usual terminal. */
class HelpTest {

    private static final int COLUMNS = 80;

    static Stream<String> commands() {
        List<String> names = new ArrayList<>(List.of(""));
        collect("", PennylaneSync.commandLine(), names);
        return names.stream();
    }

    private static void collect(String prefix, CommandLine command, List<String> names) {
        command.getSubcommands().forEach((name, below) -> {
            names.add((prefix + " " + name).strip());
            collect(prefix + " " + name, below, names);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        Ended help = run((command + " --help").strip().split(" "));

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: pennylane-sync");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
        assertThat(help.err()).isEmpty();
    }

    @Test
    void thereAreThoseThatUsersRelyOn() {
        assertThat(commands()).contains("demo", "sandbox", "run", "sync", "status", "verify", "audit", "digest",
                "psql", "quarantine list", "quarantine show", "quarantine retry", "companies pause",
                "companies resume", "tokens check", "tokens add", "tokens login", "tokens rotate", "doctor", "lint",
                "completion");
    }

    @Test
    void capitalsOfACommandDoNotMatter() {
        assertThat(run("STATUS", "--help").exit()).isZero();
    }

    @Test
    void theVersionNamesWhatItIsMadeOf() {
        assertThat(run("--version").out()).contains("pennylane-sync ", "Apache Camel ", "PostgreSQL ", "Java ");
    }

    @Test
    void aShellCompletesCommandsAndOptions() {
        Ended script = run("completion");
        assertThat(script.exit()).isZero();
        assertThat(script.out()).contains("complete -F _complete_pennylane-sync", "--watch", "quarantine");
    }

    private record Ended(int exit, String out, String err) {}

    private static Ended run(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = PennylaneSync.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(command);
        return new Ended(exit, out.toString(), err.toString());
    }
}
