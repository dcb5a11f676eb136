package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.token.OAuthLogin;
import fr.pennylanesync.token.OAuthLogin.OAuthClient;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code tokens login} against a Pennylane over HTTP, with a browser that this test plays. */
class TokensLoginTest {

    private static final String ID = "app";
    private static final String SECRET = "app-secret";
    private static final URI ELSEWHERE = URI.create("https://books.example/callback");
    private static final Pattern PAGE = Pattern.compile("http\\S+/oauth/authorize\\S+");

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Warehouse warehouse;
    private static Path configuration;
    private static Path tokens;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(2).withRecords(20).withRateLimit(RateLimit.OFF));
        sandbox.registerApplication(ID, SECRET);
        Settings.Database database = TestWarehouse.readyDatabase();
        warehouse = Warehouse.open(TestWarehouse.settings(database));
        tokens = Files.createDirectory(home.resolve("tokens"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        configuration = Files.write(home.resolve("test.properties"), List.of("pennylane.base-url=" + sandbox.baseUri(),
                "pennylane.tokens.directory=" + tokens, "pennylane.rate.requests=10000",
                "archive.directory=" + home.resolve("archive"), "logging.file=" + home.resolve("sync.log"),
                "warehouse.jdbc-url=" + database.jdbcUrl(), "warehouse.username=" + database.username(),
                "warehouse.password=" + database.password().map(Secret::reveal).orElse("")));
    }

    @AfterAll
    static void stop() {
        warehouse.close();
        sandbox.close();
    }

    @Test
    void theBrowserComesBackToThisMachineAndTheFileIsRefreshedByTheNextCommandThatNeedsIt() throws Exception {
        long company = sandbox.companies().get(0).id();
        sandbox.consent(Optional.of(company));
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> login = login(out, SECRET + "\n", "acme", "--port", "0");
        await().atMost(Duration.ofSeconds(30)).until(() -> PAGE.matcher(out.toString()).find() || login.isDone());
        Matcher page = PAGE.matcher(out.toString());
        assertThat(page.find()).as(out.toString()).isTrue();
        assertThat(visit(visit(URI.create(page.group())).headers().firstValue("location").map(URI::create)
                .orElseThrow()).body()).contains("The answer has arrived");

        assertThat(login.get()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("acme: company " + company + " is here").doesNotContain(SECRET);
        Path file = tokens.resolve("acme.oauth");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        String access = age(file);
        assertThat(CommandRun.of(configuration, "", "tokens", "check").out())
                .contains("acme", "company " + company + ": good")
                .doesNotContain("refused");
        assertThat(json(file).path("access_token").asText()).isNotEmpty().isNotEqualTo(access);
    }

    @Test
    void aCodeThatAPersonCopiedFollowsTheSecretOnStandardInput() throws Exception {
        long company = sandbox.companies().get(1).id();
        sandbox.consent(Optional.of(company));
        CommandRun taken = login("beta", code());

        assertThat(taken.exit()).as(taken.out() + taken.err()).isZero();
        assertThat(taken.out()).contains("/oauth/authorize", "beta: company " + company + " is here");
        assertThat(tokens.resolve("beta.oauth")).exists();

        CommandRun again = login("beta", code());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("ALIAS_EXISTS", "Nothing was written");
    }

    @Test
    void aCodeThatPennylaneDoesNotTakeWritesNothing() throws Exception {
        CommandRun refused = login("gamma", "no-code-of-ours");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("gamma: ", "OAUTH_REFUSED", "Nothing was written").doesNotContain(SECRET);
        assertThat(tokens.resolve("gamma.oauth")).doesNotExist();
    }

    private static CommandRun login(String alias, String code) {
        return CommandRun.of(configuration, SECRET + "\n" + code + "\n", "tokens", "login", alias, "--client-id", ID,
                "--redirect-uri", ELSEWHERE.toString());
    }

    /** The command goes on in the background, while a browser is looked for in what it says. */
    private static CompletableFuture<Integer> login(StringWriter out, String input, String alias, String... more) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        List<String> command = new ArrayList<>(List.of("tokens", "login", alias, "--client-id", ID,
                "--config", configuration.toString()));
        command.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> PennylaneSync.commandLine().setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true)).execute(command.toArray(String[]::new)))
                .whenComplete((exit, fault) -> System.setIn(before));
    }

    /** The code stands in the address at which the browser ends, which nobody answers there. */
    private static String code() throws IOException, InterruptedException {
        try (OAuthLogin login = new OAuthLogin(ApiBase.of(sandbox.baseUri()), HttpSettings.DEFAULT,
                InstantSource.system(), new OAuthClient(Secret.of(ID), Secret.of(SECRET), ELSEWHERE))) {
            String address = visit(login.page(List.of("customers:readonly"))).headers().firstValue("location")
                    .orElseThrow();
            return login.code(address).reveal();
        }
    }

    private static HttpResponse<String> visit(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Lets the access token end, as if a day had gone by. */
    private static String age(Path file) throws IOException {
        ObjectNode content = (ObjectNode) json(file);
        content.put("access_token_expires_at", Instant.now().minusSeconds(60).toString());
        Files.writeString(file, content.toString());
        return content.path("access_token").asText();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
