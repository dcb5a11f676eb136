package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.ShownRoutes;
import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.cli.CommandRun;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every command that the documents show, in both languages, as it stands there: one installation is taken in with
 * the first of them, and the others find what the text around them speaks of.
 */
@Tag("minutes")
class ShownCommandsTest {

    private static final List<String> PAGES = List.of("README.md", "docs/OPERATING.md", "docs/PROOF.md",
            "docs/QUERIES.md", "docs/fr/README.md", "docs/fr/OPERATING.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\n(.*?)^ *```$");
    private static final Pattern OURS = Pattern.compile(
            "java (?:-D\\S+ )?(?:-jar target/pennylane-sync\\.jar|-cp \\S+ fr\\.pennylanesync\\.cli\\.PennylaneSync)"
                    + " ?([^|<>&#`\n]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final String PASS_PHRASE = "a long pass phrase\n";
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final long ENTRY = 17;

    /** What is not ours, or is run elsewhere: how the line begins, and why it is not run here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "mvn ", "is the build that runs this test",
            "token=$(ls ", "is done by DemoWalkTest, in Java",
            "cp $token ", "is done by DemoWalkTest, in Java",
            "echo broken ", "is done by DemoWalkTest, in Java",
            "cat kept.token ", "is done by DemoWalkTest, in Java",
            "tar ", "copies the files of an embedded server that is stopped; EmbeddedRestartTest starts on such files",
            "openssl ts ", "needs a server of time stamps; AnchorTest checks the answer of one",
            "psql -At ", "is run by ProofScript, which AnchorTest uses",
            "python3 docs/check-proof.py ", "is run by ProofScript, which AnchorTest uses");
    /** Of ours: those that never end, and the demo, which other tests watch. */
    private static final Map<String, String> LASTING = Map.of("run", "theServiceAnswers", "demo", "DemoWalkTest",
            "sandbox --tokens secrets/pennylane", "aSandboxWritesItsTokens",
            "sandbox --tokens secrets/pennylane --share-port 5439", "aSandboxWritesItsTokens");
    private static final List<String> FIRST = List.of("tokens add acme", "sync");

    @TempDir
    private static Path home;
    private static Sandbox sandbox;
    private static ProcessInstallation installation;

    @BeforeAll
    static void takeACompanyIn() throws IOException {
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(1).withRecords(40).withRateLimit(RateLimit.OFF));
        Settings.Database database = TestWarehouse.readyDatabase();
        installation = ProcessInstallation.of(home, sandbox).into(database).with("console.port", "0")
                .with("archive.directory", home.resolve("archive").toString())
                .with("routes.directory", home.resolve("routes").toString());
        ShownRoutes.copyTo(home.resolve("routes"));
        Files.writeString(home.resolve("routes/streams/direct_debits.camel.yaml"), ShownRoutes.streamOfTheReadme());
        Files.delete(installation.tokens().resolve(sandbox.companies().get(0).alias() + ".token"));
        FIRST.forEach(ShownCommandsTest::assertRuns);
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            warehouse.jdbc().sql("""
                    insert into pennylane_sync.quarantine (id, company_id, stream, kind, record_id, reason)
                    overriding system value select ?, company_id, 'journals', 'RECORD', id, 'FORBIDDEN'
                    from pennylane.journals limit 1""").param(ENTRY).update();
        }
        Path key = home.resolve("auditor/key.pem");
        Files.createDirectories(key.getParent());
        Files.writeString(key, CommandRun.of(installation.configuration(), "", "digest", "key").out());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Returns every line that a page shows for a shell, and every command within a sentence. */
    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String page : PAGES) {
            String text = Files.readString(Path.of(page));
            BLOCK.matcher(text).results().filter(block -> block.group(1).isEmpty()).map(block -> block.group(2))
                    .filter(ShownCommandsTest::isForAShell)
                    .flatMap(String::lines).map(String::strip).forEach(lines::add);
            OURS.matcher(text).results().map(MatchResult::group).map(String::strip).forEach(lines::add);
        }
        return lines.stream().distinct().toList();
    }

    /** Other blocks show what a command answers, a setting, or a drawing. */
    private static boolean isForAShell(String block) {
        return !block.contains("┌") && !block.startsWith("companies ") && !block.startsWith("warehouse.");
    }

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>(FIRST);
        for (String line : lines()) {
            OURS.matcher(line).results().map(ours -> ours.group(1).strip()).forEach(commands::add);
        }
        return commands.stream().distinct().toList();
    }

    static Stream<String> ended() throws IOException {
        return commands().stream().filter(command -> !LASTING.containsKey(command) && !isOfTheDemo(command));
    }

    private static boolean isOfTheDemo(String command) {
        return command.contains("demo");
    }

    @Test
    void everyLineIsACommandOfOursOrSaysWhyItIsNotRun() throws IOException {
        assertThat(lines()).hasSizeGreaterThan(30);
        assertThat(lines().stream().filter(line -> !OURS.matcher(line).find()
                && !line.startsWith("curl -s http://127.0.0.1:8080/")
                && ELSEWHERE.keySet().stream().noneMatch(line::startsWith))).isEmpty();
        assertThat(ELSEWHERE.keySet()).as("what is left out is shown")
                .allSatisfy(begin -> assertThat(lines()).anyMatch(line -> line.startsWith(begin)));
        assertThat(commands()).containsAll(LASTING.keySet()).containsAll(FIRST);
    }

    @ParameterizedTest
    @MethodSource("ended")
    void aCommandThatIsShownDoesWhatItSays(String command) {
        if (!FIRST.contains(command)) {
            assertRuns(command);
        }
    }

    private static void assertRuns(String command) {
        CommandRun run = CommandRun.of(installation.configuration(), input(command),
                Stream.of(words(command)).map(word -> word.equals("auditor/key.pem") ? home.resolve(word).toString()
                        : word).toArray(String[]::new));
        assertThat(run.exit()).as("%s: %s%s", command, run.out(), run.err()).isZero();
        assertThat(run.out() + run.err()).as(command).isNotBlank();
    }

    /** What the text says that somebody types. */
    private static String input(String command) {
        if (command.startsWith("tokens add")) {
            return sandbox.companies().get(0).token() + "\n";
        }
        return command.startsWith("console-password") ? PASS_PHRASE : "select count(*) from pennylane.journals;\n";
    }

    /** As a shell splits it. */
    private static String[] words(String command) {
        return WORD.matcher(command).results().map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }

    @Test
    void aSettingOnTheCommandLineComesBeforeTheFile() throws IOException {
        assertThat(lines()).anyMatch(line -> line.contains("-Dpennylane.base-url="));
        ProcessInstallation other = ProcessInstallation.of(home.resolve("other"), sandbox)
                .into(TestWarehouse.readyDatabase()).with("pennylane.base-url", "http://127.0.0.1:1/api/external/v2")
                .withOptions(List.of("-Dpennylane.base-url=" + sandbox.baseUri()));
        EndedProcess ended = other.run("sync", "--stream", "journals");
        assertThat(ended.exitCode()).as(ended.all()).isZero();
    }

    @Test
    void theServiceAnswers() throws Exception {
        List<String> asked = lines().stream().filter(line -> line.startsWith("curl -s ")).toList();
        assertThat(asked).hasSize(2);
        Process service = installation.start("run");
        try {
            String address = address(service);
            for (String line : asked) {
                String path = line.split(" ")[2].replace("http://127.0.0.1:8080/", "");
                await().atMost(WITHIN).ignoreExceptions().untilAsserted(() -> {
                    var answer = HttpClient.newHttpClient().send(
                            HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body()).contains(line.contains("grep") ? "\npennylane_sync_" : "UP");
                });
            }
        } finally {
            end(service);
        }
    }

    /** On ports that are free: those that are shown may be in use here. */
    @Test
    void aSandboxWritesItsTokens() throws Exception {
        for (String command : LASTING.keySet().stream().filter(lasting -> lasting.startsWith("sandbox")).toList()) {
            Process process = installation.start(words(command.replace("5439", "0") + " --port 0"));
            try {
                address(process);
                await().atMost(WITHIN).until(() -> said().contains("Tokens of 3 companies in secrets/pennylane"));
                assertThat(home.resolve("secrets/pennylane")).isNotEmptyDirectory();
            } finally {
                end(process);
            }
        }
    }

    @Test
    void theDemoEndsAndItsWarehouseIsLookedAt() throws IOException {
        List<String> demo = commands().stream().filter(ShownCommandsTest::isOfTheDemo)
                .filter(command -> !LASTING.containsKey(command)).toList();
        assertThat(demo).hasSizeGreaterThan(2).first().isEqualTo("demo --once");
        for (String command : demo) {
            String few = command.equals("demo --once") ? " --companies 1 --records 20 --rate-limit off" : "";
            EndedProcess ended = installation.runWithInput("select count(*) from pennylane.journals;\n",
                    words(command + few));
            assertThat(ended.exitCode()).as("%s: %s", command, ended.all()).isZero();
        }
    }

    private static String address(Process process) {
        await().atMost(WITHIN).until(() -> !process.isAlive() || ADDRESS.matcher(said()).find());
        Matcher address = ADDRESS.matcher(said());
        assertThat(address.find()).as(said()).isTrue();
        return address.group();
    }

    /** Returns what the command that was started last wrote. */
    private static String said() {
        try (Stream<Path> files = Files.list(installation.outputs())) {
            StringBuilder said = new StringBuilder();
            int last = files.mapToInt(file -> Integer.parseInt(file.getFileName().toString().split("\\.")[0])).max()
                    .orElseThrow();
            for (String name : List.of("out", "err")) {
                said.append(Files.readString(installation.outputs().resolve(last + "." + name)));
            }
            return said.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }
}
