package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.ConsoleSources;
import fr.pennylanesync.console.ConsoleSources.HealthQuestions;
import fr.pennylanesync.console.WatchedService;
import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people ask for in the console, done by a whole runtime, over HTTPS. */
@Tag("minutes")
class ConsoleActionsTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final String PASSWORD = "a long pass phrase";
    private static final String STORE_PASSWORD = "the store's pass phrase";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private static LiveRoutes live;
    private static Console console;
    private static SSLContext trust;
    private static long company;

    @BeforeAll
    static void start() throws Exception {
        Path keystore = keystore();
        trust = trusting(keystore);
        live = new LiveRoutes(SandboxOptions.defaults().withCompanies(2).withRecords(20).withRateLimit(RateLimit.OFF),
                LiveRoutes.copy(), Map.of("sync.interval", "1h"));
        company = live.sandbox.companies().get(0).id();
        Secret hash = Secret.of(Logins.hash(PASSWORD));
        console = Console.open(new Settings.Console("0.0.0.0", 0,
                List.of(new ConsoleLogin("anna", hash, Optional.empty()), new ConsoleLogin("victor", hash,
                        Optional.of(new ConsoleLogin.Views(Set.of(live.sandbox.companies().get(0).alias()))))),
                Optional.of(new Settings.Tls(keystore, Secret.of(STORE_PASSWORD))), Optional.empty()));
        SyncService service = live.runtime;
        console.watch(new ConsoleSources(live.warehouse.jdbc(), new StreamStates(live.warehouse.jdbc()),
                service::catalog, new HealthQuestions(() -> {}, () -> {}, () -> {}, () -> {}), service::reload,
                List::of, Duration.ofHours(4), true,
                new WatchedService(service::routeFiles, List.of(), service::tokenExpiry, service::utilisation,
                        Remedies::of, Optional.of(service.operations()), WatchedService.NONE.budget())),
                Duration.ofMillis(200));
        live.awaitSync();
        await().atMost(WITHIN).until(() -> new Browser().logIn("anna").get("companies/" + company).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        console.close();
        live.close();
    }

    private static Path keystore() throws Exception {
        Path file = LiveRoutes.temporary("tls").resolve("console.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "console", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
                "san=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", STORE_PASSWORD)
                .inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", store.getCertificate("console"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String address() {
        return "https://127.0.0.1:" + URI.create(console.url()).getPort() + "/";
    }

    /** Keeps cookies, and follows no redirection. */
    private static final class Browser {

        private final CookieManager cookies = new CookieManager();
        private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).sslContext(trust).build();

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofString());
        }

        Browser logIn(String name) throws IOException, InterruptedException {
            assertThat(post("login", "login", Map.of("name", name, "password", PASSWORD)).statusCode()).isEqualTo(303);
            return this;
        }

        /** Sends a form with the token of the page {@code from}. */
        HttpResponse<String> post(String from, String path, Map<String, String> fields)
                throws IOException, InterruptedException {
            Matcher token = CSRF.matcher(get(from).body());
            return send(path, fields, token.find() ? "&csrf=" + token.group(1) : "");
        }

        HttpResponse<String> send(String path, Map<String, String> fields, String token)
                throws IOException, InterruptedException {
            String form = fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return http.send(HttpRequest.newBuilder(URI.create(address() + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form + token)).build(), BodyHandlers.ofString());
        }

        /** Asks for an action, and tells how the console answers. */
        String act(String action, String subject) throws IOException, InterruptedException {
            return post("companies/" + company, "actions/" + action, Map.of("company", String.valueOf(company),
                    "subject", subject)).headers().firstValue("Location").orElse("").replaceFirst(".*\\?", "");
        }
    }

    private static String last(String action, String subject) {
        return live.warehouse.jdbc().sql("select operator || ' ' || outcome || ' ' || detail"
                + " from pennylane_sync.operator_action where action = ? and subject = ? and company_id = ?"
                + " and at > now() - interval '1 hour' order by id desc limit 1").params(action, subject, company)
                .query(String.class).optional().orElse("");
    }

    private static long actions() {
        return live.warehouse.jdbc().sql("select count(*) from pennylane_sync.operator_action").query(Long.class)
                .single();
    }

    private static String caseOf(String kind, String reason) {
        long record = kind.equals("SWEEP") ? 0
                : live.warehouse.jdbc()
                        .sql("select id from pennylane.customers where company_id = ? and id not in"
                                + " (select record_id from pennylane_sync.quarantine where stream = 'customers')"
                                + " order by id limit 1")
                        .param(company)
                        .query(Long.class).single();
        return live.warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id,"
                + " subject, reason) values (?, 'customers', ?, ?, '', ?) returning id")
                .params(company, kind, record, reason).query(String.class).single();
    }

    private static void awaitDone(String action, String subject, String outcome) {
        await().atMost(WITHIN).untilAsserted(() -> assertThat(last(action, subject)).isEqualTo(outcome));
    }

    @Test
    void eachActionIsDoneAndHasItsLinesInTheTrail() throws Exception {
        Browser anna = new Browser().logIn("anna");
        long syncs = runs("sync");

        assertThat(anna.act("sync", "")).isEqualTo("done=sync");
        awaitDone("sync", "", "anna DONE ");
        await().atMost(WITHIN).until(() -> runs("sync") > syncs);
        assertThat(anna.act("pause", "")).isEqualTo("done=pause");
        assertThat(anna.act("pause", "")).isEqualTo("refused=NOTHING_CHANGED");
        assertThat(anna.act("audit", "books")).isEqualTo("refused=NOT_ACTIVE");
        assertThat(last("audit", "books")).isEqualTo("anna REFUSED NOT_ACTIVE");
        assertThat(anna.act("resume", "")).isEqualTo("done=resume");
        await().atMost(WITHIN).until(() -> live.runtime.companies().active().size() == 2);
        assertThat(anna.act("verify", "")).isEqualTo("done=verify");
        awaitDone("verify", "", "anna DONE differences: 0");
        assertThat(anna.act("audit", "books")).isEqualTo("done=audit");
        awaitDone("audit", "books", "anna DONE ");
        assertThat(anna.act("audit", "share")).isEqualTo("refused=NO_SHARE");
    }

    @Test
    void aCaseIsReadAgainClosedOrConfirmedAndNoOtherIs() throws Exception {
        Browser anna = new Browser().logIn("anna");
        String again = caseOf("RECORD", "NOT_FOUND");

        assertThat(anna.act("confirm", again)).as("no sweep").isEqualTo("refused=UNKNOWN");
        assertThat(anna.act("retry", again)).isEqualTo("done=retry");
        await().atMost(WITHIN).until(() -> last("retry", again).startsWith("anna DONE "));
        String closed = caseOf("RECORD", "NOT_FOUND");
        assertThat(anna.act("accept", closed)).isEqualTo("done=accept");
        assertThat(anna.act("accept", closed)).as("closed already").isEqualTo("refused=UNKNOWN");
        String sweep = caseOf("SWEEP", "SWEEP_WOULD_DELETE 1");
        assertThat(anna.act("accept", sweep)).isEqualTo("refused=UNKNOWN");
        assertThat(anna.act("confirm", sweep)).isEqualTo("done=confirm");
        await().atMost(WITHIN).until(() -> last("confirm", sweep).startsWith("anna DONE "));
        assertThat(live.differences(live.streams())).isEmpty();
    }

    private static long runs(String kind) {
        return live.warehouse.jdbc().sql("select count(*) from pennylane_sync.sync_run where kind = ?"
                + " and company_id = ? and ended_at is not null").params(kind, company).query(Long.class).single();
    }

    @Test
    void strangersAndViewersMayDoNothingAndLeaveNoLine() throws Exception {
        Browser victor = new Browser().logIn("victor");
        long before = actions();

        for (String action : List.of("sync", "pause", "resume", "retry", "confirm", "accept", "audit", "verify")) {
            Map<String, String> fields = Map.of("company", String.valueOf(company), "subject", "books");
            assertThat(victor.post("companies/" + company, "actions/" + action, fields).statusCode()).as(action)
                    .isEqualTo(403);
            assertThat(new Browser().post("login", "actions/" + action, fields).headers().firstValue("Location"))
                    .as(action).hasValue("/login");
            assertThat(new Browser().logIn("anna").send("actions/" + action, fields, "&csrf=guessed").statusCode())
                    .as(action).isEqualTo(403);
        }
        assertThat(actions()).isEqualTo(before);
    }

    @Test
    void theTrailHoldsNoSecret() throws Exception {
        new Browser().logIn("anna").act("retry", live.sandbox.companies().get(0).token());

        List<String> rows = live.warehouse.jdbc().sql("select a::text from pennylane_sync.operator_action a")
                .query(String.class).list();
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(PASSWORD) || row.contains("pbkdf2")
                || row.contains(live.sandbox.companies().get(0).token()));
    }

    @Test
    void onlyHttpsIsSpokenAndTheSessionIsSentOverNothingElse() throws Exception {
        Browser anna = new Browser().logIn("anna");

        assertThat(console.url()).startsWith("https://");
        assertThat(anna.cookies.getCookieStore().getCookies()).filteredOn(cookie -> cookie.getName()
                .equals("pennylane-sync")).hasSize(1).allMatch(HttpCookie::getSecure).allMatch(HttpCookie::isHttpOnly);
        assertThat(anna.get("").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        HttpRequest clear = HttpRequest.newBuilder(URI.create(address().replace("https:", "http:"))).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(clear, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }
}
