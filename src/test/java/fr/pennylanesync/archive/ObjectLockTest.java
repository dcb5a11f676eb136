package fr.pennylanesync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.archive.s3.MultipartUpload;
import fr.pennylanesync.archive.s3.Upload;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes over the wire with a retention, and what the server must say in return. The server here speaks just enough
 * S3 for it.
 */
class ObjectLockTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    private static final String UNTIL = "2036-11-22T10:00:00Z";
    private static final String ENABLED =
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";

    @TempDir
    Path directory;
    private final List<String> puts = new CopyOnWriteArrayList<>();
    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Upload upload;
    private boolean locks = true;
    private boolean alreadyThere;

    @BeforeEach
    void start() throws IOException {
        upload = TestFiles.upload(directory, 1, TestFiles.pdf(1));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anObjectIsStoredLockedAndTheLockIsReadBack() {
        try (RoutePut route = open()) {
            route.archive().confirm(upload, route.put(upload));
            assertThat(puts).singleElement().asString().contains("x-amz-object-lock-mode=[COMPLIANCE]")
                    .contains("x-amz-object-lock-retain-until-date=[" + UNTIL + "]").contains("if-none-match=[*]")
                    .contains("x-amz-checksum-sha256=[" + checksum() + "]")
                    .contains("x-amz-meta-sha256=[" + upload.key().hash() + "]")
                    .contains("content-type=[application/pdf]")
                    .doesNotContain("x-amz-trailer").doesNotContain("crc32");
        }
    }

    @Test
    void aServerThatForgetsTheLockIsFoundOut() {
        locks = false;
        try (RoutePut route = open()) {
            boolean created = route.put(upload);
            assertThatThrownBy(() -> route.archive().confirm(upload, created)).isInstanceOf(SyncException.class)
                    .hasMessageContaining("RETENTION_NOT_CONFIRMED");
        }
    }

    @Test
    void anObjectFromBeforeTheRetentionIsLockedWhenItIsMetAgain() {
        locks = false;
        alreadyThere = true;
        try (RoutePut route = open()) {
            boolean created = route.put(upload);
            assertThat(created).isFalse();
            assertThatThrownBy(() -> route.archive().confirm(upload, created))
                    .hasMessageContaining("RETENTION_NOT_CONFIRMED");
            assertThat(puts).last().asString().contains("retention");
        }
    }

    @Test
    void whatALockKeepsIsNotRemovedAndWhatIsRemovedIsGoneInItsVersion() {
        try (RoutePut route = open()) {
            Instant end = Instant.parse(UNTIL);
            assertThat(route.archive().isLocked(upload.key().text(), end.minusSeconds(1))).isTrue();
            assertThat(route.archive().isLocked(upload.key().text(), end)).isFalse();
            route.archive().remove(upload.key().text());
            assertThat(deleted).singleElement().asString().contains("versionId=v1");
        }
    }

    private RoutePut open() {
        Settings.S3 s3 = new Settings.S3(Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                "eu-west-3",
                Optional.of("books"), Optional.of(new Settings.Credentials("key", Secret.of("secret"))), true, "");
        return new RoutePut(new Settings.Archive(s3, directory, Optional.of(Period.ofYears(10))), CLOCK,
                MultipartUpload.PART_SIZE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        int status = 200;
        byte[] body = new byte[0];
        if (exchange.getRequestURI().getPath().endsWith("/pennylane-sync.probe")) {
            // It lies there already, so that conditional writes are known to be kept.
            status = 412;
        } else if (exchange.getRequestMethod().equals("PUT")) {
            puts.add(query + lowerCase(exchange.getRequestHeaders()));
            status = alreadyThere && query.isEmpty() ? 412 : 200;
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            deleted.add(query);
        } else if (query.startsWith("object-lock")) {
            body = ENABLED.getBytes(StandardCharsets.UTF_8);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            head(exchange);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void head(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(upload.size()));
        exchange.getResponseHeaders().set("x-amz-checksum-sha256", checksum());
        exchange.getResponseHeaders().set("x-amz-version-id", "v1");
        if (locks) {
            exchange.getResponseHeaders().set("x-amz-object-lock-mode", "COMPLIANCE");
            exchange.getResponseHeaders().set("x-amz-object-lock-retain-until-date", UNTIL);
        }
    }

    private String checksum() {
        return Base64.getEncoder().encodeToString(upload.key().hash().bytes());
    }

    private static String lowerCase(Map<String, List<String>> headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (name, values) -> text.append(name.toLowerCase(Locale.ROOT)).append('=').append(values).append(' '));
        return text.toString();
    }
}
