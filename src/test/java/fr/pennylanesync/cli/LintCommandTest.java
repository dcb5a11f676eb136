package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LintCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void ourOwnRoutesAreTheDefaultAndFindNothing() {
        assertThat(lint()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualToIgnoringNewLines("0 findings");
    }

    @Test
    void printsOneLinePerFinding(@TempDir Path routes) throws IOException {
        Path file = Files.createDirectory(routes.resolve("steps")).resolve("walk.yaml");
        Files.writeString(file, "- beans: []\n");

        assertThat(lint(routes.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith(file + ":1: `beans` is not what steps/ holds -> ").hasLineCount(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("1 finding");
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut(@TempDir Path routes) throws IOException {
        Path folder = Files.createDirectory(routes.resolve("steps"));
        Files.writeString(folder.resolve("clear\u001b[2Jscreen\u0007.yaml"), "- \"be\\e[31mans\\u202e\": []\n");

        assertThat(lint(routes.toString())).isEqualTo(1);
        assertThat(lint(routes.resolve("no\u001b[8mwhere").toString())).isEqualTo(2);
        assertThat(out.toString()).contains("clear\\u001b[2Jscreen\\u0007.yaml").doesNotContain("\u001b", "\u0007",
                "\u202e");
        assertThat(err.toString()).contains("no\\u001b[8mwhere").doesNotContain("\u001b");
    }

    @Test
    void refusesADirectoryThatIsNotThere(@TempDir Path empty) {
        assertThat(lint(empty.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("No such directory").contains("nowhere");
    }

    private int lint(String... arguments) {
        return new CommandLine(new LintCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
