package fr.pennylanesync.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OAuthRefresherTest {

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final Set<String> alive = ConcurrentHashMap.newKeySet();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private OAuthRefresher refresher;
    private TokenDirectory tokens;
    private volatile int brokenStatus;
    private volatile boolean rotating = true;
    private int grants;
    private volatile String lastForm = "";

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/oauth/token", this::grant);
        server.start();
        alive.add("refresh-0");
        refresher = refresher();
        tokens = tokens(refresher);
    }

    @AfterEach
    void stop() {
        refresher.close();
        server.stop(0);
    }

    @Test
    void spendsTheRefreshTokenOnceAndKeepsTheNewOne() throws IOException {
        write("refresh-0");
        assertThat(token()).isEqualTo("access-1");
        assertThat(token()).isEqualTo("access-1");
        assertThat(grants).isEqualTo(1);
        assertThat(lastForm).contains("grant_type=refresh_token", "client_id=the-client", "client_secret=the-secret");
        assertThat(Files.readString(file())).contains("refresh-1", "access-1").doesNotContain("refresh-0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
    }

    @Test
    void refreshesAheadOfTheEnd() throws IOException {
        write("refresh-0");
        assertThat(token()).isEqualTo("access-1");
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(23)));
        assertThat(token()).isEqualTo("access-1");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(31)));
        assertThat(token()).isEqualTo("access-2");
    }

    @Test
    void survivesARestart() throws IOException {
        write("refresh-0");
        token();
        try (OAuthRefresher restarted = refresher()) {
            assertThat(tokens(restarted).scan().usable("acme").orElseThrow().token().reveal()).isEqualTo("access-1");
        }
        assertThat(grants).isEqualTo(1);
    }

    @Test
    void letsOnlyOneRefreshOfManyHappen() throws Exception {
        write("refresh-0");
        var threads = Executors.newFixedThreadPool(8);
        try (OAuthRefresher other = refresher()) {
            List<TokenDirectory> directories = List.of(tokens, tokens(other));
            List<Future<String>> results = Stream.iterate(0, index -> index + 1).limit(16)
                    .map(index -> threads.submit(
                            () -> directories.get(index % 2).scan().usable("acme").orElseThrow().token().reveal()))
                    .toList();
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo("access-1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(grants).isEqualTo(1);
        assertThat(refused).isEmpty();
    }

    @Test
    void usesWhatItHasWhileTheServerIsAwayAndThenSaysNothingCertain() throws IOException {
        write("refresh-0");
        token();
        brokenStatus = 503;
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(23 * 60 + 45)));
        assertThat(token()).isEqualTo("access-1");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(20)));
        assertThat(tokens.scan().files().get("acme")).isEqualTo(new TokenFile.Unavailable("acme"));
        brokenStatus = 0;
        assertThat(token()).isEqualTo("access-2");
    }

    @Test
    void keepsItsRefreshTokenWhereTheAnswerBringsNone() throws IOException {
        write("refresh-0");
        rotating = false;
        assertThat(token()).isEqualTo("access-1");
        assertThat(Files.readString(file())).contains("refresh-0", "access-1");
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(24)));
        assertThat(token()).isEqualTo("access-2");
        try (OAuthRefresher restarted = refresher()) {
            assertThat(tokens(restarted).scan().usable("acme").orElseThrow().token().reveal()).isEqualTo("access-2");
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void tellsWhoseTokenItRefreshed() throws IOException {
        try (CapturedEvents events = CapturedEvents.of(OAuthRefresher.class)) {
            write("refresh-0");
            token();
            brokenStatus = 503;
            now.updateAndGet(instant -> instant.plus(Duration.ofHours(24)));
            tokens.scan();
            assertThat(events.lines()).containsExactly("oauth_token_refreshed alias=acme seconds=86400",
                    "oauth_refresh_deferred alias=acme usable=false");
        }
    }

    @Test
    void triesARefusedRefreshTokenOnceOnly() throws IOException {
        write("unknown");
        assertFault(TokenErrorCode.OAUTH_REFUSED);
        assertFault(TokenErrorCode.OAUTH_REFUSED);
        assertThat(refused).containsExactly("unknown");
        write("refresh-0");
        assertThat(token()).isEqualTo("access-1");
    }

    @Test
    void refusesAFileThatIsNotAsDocumented() throws IOException {
        for (String content : List.of("", "[]", "{}", "{\"client_id\":\"a\",\"client_secret\":\"b\"}",
                "{\"client_id\":7}", "token")) {
            writeText(content);
            assertThat(tokens.scan().files().get("acme")).isInstanceOf(TokenFile.Faulty.class);
        }
        assertThat(refused).isEmpty();
        assertThat(grants).isZero();
    }

    @Test
    void wantsOneSourceOnly() throws IOException {
        write("refresh-0");
        Path token = Files.writeString(directory.resolve("acme.token"), "x");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        assertFault(TokenErrorCode.TWO_SOURCES);
        Files.delete(token);
        assertThatThrownBy(() -> tokens.replace("acme", Secret.of("x"))).hasMessageContaining("TWO_SOURCES");
        assertThat(grants).isLessThanOrEqualTo(1);
    }

    private String token() {
        return tokens.scan().usable("acme").orElseThrow().token().reveal();
    }

    /** Who lays a link where the lock is expected would have another file's mode changed. */
    @Test
    void aLinkInPlaceOfTheLockIsNotFollowed() throws IOException {
        write("refresh-0");
        Path victim = Files.writeString(directory.resolve("victim"), "theirs");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(directory.resolve(".acme.oauth.lock"), victim);
        assertFault(TokenErrorCode.OAUTH_NOT_PERSISTABLE);
        assertThat(grants).as("the refresh token is not spent").isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim))).isEqualTo("rw-r--r--");
    }

    @Test
    void aFileThatOthersMayReadIsNotUsed() throws IOException {
        write("refresh-0");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertFault(TokenErrorCode.MODE_TOO_WIDE);
        assertThat(grants).isZero();
    }

    private void assertFault(TokenErrorCode fault) {
        assertThat(tokens.scan().files().get("acme")).isEqualTo(new TokenFile.Faulty("acme", fault));
    }

    private OAuthRefresher refresher() {
        ApiBase base = ApiBase.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/external/v2"));
        return new OAuthRefresher(base, HttpSettings.DEFAULT, now::get);
    }

    private TokenDirectory tokens(OAuthRefresher source) {
        return new TokenDirectory(directory, text -> text.equals("{{env:CLIENT_SECRET}}") ? "the-secret" : text,
                source);
    }

    private Path file() {
        return directory.resolve("acme.oauth");
    }

    private void write(String refreshToken) throws IOException {
        writeText(
                """
                {"client_id": "the-client", "client_secret": "{{env:CLIENT_SECRET}}", "refresh_token": "%s", \
                "note": "kept"}"""
                        .formatted(refreshToken));
    }

    private void writeText(String content) throws IOException {
        Files.writeString(file(), content);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    /** As documented: a refresh token works once, and each answer brings the next. */
    private synchronized void grant(HttpExchange exchange) throws IOException {
        lastForm = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String spent = lastForm.replaceFirst(".*refresh_token=([^&]*)&client_id.*", "$1");
        int status = brokenStatus;
        String body = "{}";
        if (status == 0 && alive.remove(spent)) {
            status = 200;
            grants++;
            String kept = rotating ? "refresh-" + grants : spent;
            alive.add(kept);
            body = "{\"access_token\":\"access-%d\",%s\"expires_in\":86400}"
                    .formatted(grants, rotating ? "\"refresh_token\":\"" + kept + "\"," : "");
        } else if (status == 0) {
            status = 400;
            refused.add(spent);
            body = "{\"error\":\"invalid_grant\"}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
