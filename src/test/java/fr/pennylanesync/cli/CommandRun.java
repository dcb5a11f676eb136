package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A command that was carried out within this process, as a shell would have given it. */
public record CommandRun(int exit, String out, String err) {

    /** @param input what stands on standard input */
    public static CommandRun of(Path configuration, String input, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        if (isConfigured(command)) {
            arguments.addAll(List.of("--config", configuration.toString()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int exit = PennylaneSync.commandLine().setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
            return new CommandRun(exit, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }

    /** Holds what a command came to against what it had to: its exit code, and what it said somewhere. */
    public static CommandRun assertEnds(CommandRun run, int exit, String... said) {
        assertThat(run.exit()).as(run.text()).isEqualTo(exit);
        assertThat(List.of(said)).as(run.text()).allMatch(run.text()::contains);
        return run;
    }

    /** Returns what standard output and standard error hold. */
    public String text() {
        return out + err;
    }

    /** Reads what standard output holds. */
    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    private static boolean isConfigured(String... command) {
        CommandLine named = PennylaneSync.commandLine();
        for (String word : command) {
            CommandLine below = named.getSubcommands().get(word);
            if (below == null) {
                break;
            }
            named = below;
        }
        return named.getCommandSpec().findOption("--config") != null;
    }
}
