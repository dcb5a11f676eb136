package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pennylanesync.ShownRoutes;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.warehouse.TestWarehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees at a terminal of 80 columns: a real pseudo-terminal, which {@code script} opens. */
class TerminalSessionTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int COLUMNS = 80;
    private static final int SECONDS_MAX = 120;
    /** Clears the screen. */
    private static final String AGAIN = "\u001b[H\u001b[2J";
    private static final String CTRL_C = "\u0003";
    /** Is longer than anything takes that says nothing, also on a machine with much else to do. */
    private static final double SILENT_SECONDS_MAX = 20;
    private static final String TIMES = "times.txt";

    @TempDir
    private static Path home;
    private static Sandbox sandbox;
    private static ProcessInstallation installation;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no /usr/bin/script of util-linux to open a terminal");
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(2).withRecords(20).withRateLimit(RateLimit.OFF));
        installation = ProcessInstallation.of(home, sandbox).into(TestWarehouse.readyDatabase());
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void aSyncShowsProgressInOneLineAndNoJson() throws Exception {
        sandbox.setScopes(sandbox.companies().get(0).id(),
                Sandbox.ALL_SCOPES.stream().filter(scope -> !scope.startsWith("journals")).toList());
        String seen = session("sync --stream journals --stream customers --no-files");

        assertThat(seen).contains("Opening the warehouse", "Starting the routes", "Syncing 2 companies",
                "not permitted", "\u001b[");
        assertThat(seen).doesNotContain("{\"", "stack_trace");
        assertFits(seen);
    }

    @Test
    void whoWantsJsonOrNoColourGetsIt() throws Exception {
        assertThat(session("sync --stream fiscal_years --no-files --log json")).contains("{\"time\"",
                "\"event\":\"company_synced\"");
        String plain = session("sync --stream fiscal_years --no-files", "NO_COLOR=1");
        assertThat(plain).doesNotContain("\u001b[3", "\u001b[1m", "\u001b[2m", "{\"");
        assertFits(plain);
    }

    @Test
    void aTokenIsTypedUnseen() throws Exception {
        SandboxCompany company = sandbox.companies().get(1);
        ProcessInstallation fresh = ProcessInstallation.of(Files.createDirectory(home.resolve("fresh")), sandbox)
                .into(TestWarehouse.readyDatabase());
        Files.delete(fresh.tokens().resolve(company.alias() + ".token"));
        String token = sandbox.issueToken(company.id());

        // What is typed before the question would be echoed, as at any terminal.
        String seen = session(fresh, "tokens add acme", "(not shown)", token + "\n");

        assertThat(seen).contains("Token of acme (not shown):", "acme: company " + company.id() + " is here")
                .doesNotContain(token);
    }

    @Test
    void statusIsShownAgainAndAgainUntilCtrlC() throws Exception {
        assertThat(session("sync --stream fiscal_years --no-files")).contains("company ");

        String seen = session(installation, "status --watch", AGAIN, CTRL_C);

        assertThat(seen.split(Pattern.quote(AGAIN))).hasSizeGreaterThan(1)
                .allSatisfy(shown -> assertThat(shown).contains("companies   2: 2 ACTIVE", "proof "));
        assertThat(seen).contains("Stopping after SIGINT").doesNotContain("{\"");
        assertFits(seen);
    }

    @Test
    @Tag("minutes")
    void theDemoSaysAllTheTimeWhatItDoesAndEndsWithWhatToTryNext() throws Exception {
        ShownRoutes.copyTo(home.resolve("routes"));
        String seen = session("demo --once --companies 1 --records 20 --rate-limit off");

        assertThat(seen).contains("Starting a made-up Pennylane", "Opening the embedded PostgreSQL",
                "Verifying every hash", "psql --demo", "tokens add ALIAS").doesNotContain("{\"");
        assertFits(seen);
        assertThat(silences()).isNotEmpty().allMatch(seconds -> seconds < SILENT_SECONDS_MAX);
    }

    /** Each line of the file is of one output: how long after the one before it came, and how many bytes it had. */
    private static List<Double> silences() throws IOException {
        return Files.readAllLines(home.resolve(TIMES)).stream().map(line -> Double.valueOf(line.split(" ")[0]))
                .toList();
    }

    /** The line that is drawn again is what stands between two carriage returns. */
    private static void assertFits(String seen) {
        assertThat(Arrays.stream(seen.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").split("[\r\n]+")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    private static String session(String command, String... environment) throws Exception {
        return session(installation, command, "", "", environment);
    }

    /** @param awaited what is seen before somebody types */
    private static String session(ProcessInstallation of, String command, String awaited, String typed,
            String... environment) throws IOException, InterruptedException {
        Path seen = Files.createTempFile(home, "session", ".txt");
        String line = of.line(command.split(" ")).stream().map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(List.of(SCRIPT.toString(), "-qef", "-T", TIMES, "-c",
                "stty cols " + COLUMNS + " rows 24; " + line, "/dev/null")).directory(home.toFile())
                .redirectErrorStream(true).redirectOutput(seen.toFile());
        builder.environment().put("TERM", "xterm");
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "COLUMNS"));
        Arrays.stream(environment).map(each -> each.split("=", 2))
                .forEach(each -> builder.environment().put(each[0], each[1]));
        Process script = builder.start();
        if (!typed.isEmpty()) {
            await().atMost(SECONDS_MAX, TimeUnit.SECONDS).until(() -> Files.readString(seen).contains(awaited));
        }
        try (var input = script.getOutputStream()) {
            input.write(typed.getBytes(StandardCharsets.UTF_8));
            input.flush();
            if (!script.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                script.destroyForcibly();
                throw new AssertionError("still running: " + command + "\n" + Files.readString(seen));
            }
        }
        return Files.readString(seen);
    }
}
