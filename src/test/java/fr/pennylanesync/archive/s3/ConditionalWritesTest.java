package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.archive.ArchiveAccess;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that would replace archived files is found before the first of them is sent. */
class ConditionalWritesTest {

    private static final String PROBE = "/bucket/files/pennylane-sync.probe";

    /** What a server makes of a put that must not replace anything. */
    private enum Manner {
        KEEPS, IGNORES, KNOWS_NOTHING, FORBIDS
    }

    @TempDir
    Path directory;
    private final Set<String> objects = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.KEEPS;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatKeepsWhatIsThereIsUsedAndNothingStaysBehind() {
        try (ArchiveAccess access = access()) {
            assertThat(access.bucket().bucket()).isEqualTo("bucket");
        }
        assertThat(objects).isEmpty();
    }

    @Test
    void aProbeThatStayedBehindIsAnswerEnough() {
        objects.add(PROBE);
        try (ArchiveAccess access = access()) {
            assertThat(access.bucket().bucket()).isEqualTo("bucket");
        }
        assertThat(objects).containsExactly(PROBE);
    }

    @Test
    void aServerThatDoesNotKnowTheConditionIsRefused() {
        refusedWith(Manner.KNOWS_NOTHING, ArchiveErrorCode.CONDITIONAL_WRITES_UNSUPPORTED);
    }

    @Test
    void aServerThatIgnoresTheConditionIsRefused() {
        refusedWith(Manner.IGNORES, ArchiveErrorCode.CONDITIONAL_WRITES_UNSUPPORTED);
        assertThat(objects).isEmpty();
    }

    @Test
    void aKeyThatMayNotPutIsRefusedForThat() {
        refusedWith(Manner.FORBIDS, ArchiveErrorCode.REFUSED);
    }

    private void refusedWith(Manner how, ArchiveErrorCode code) {
        manner = how;
        try (ArchiveAccess access = access()) {
            assertThatThrownBy(access::bucket).extracting("code").isEqualTo(code);
        }
    }

    private ArchiveAccess access() {
        Settings.S3 s3 = new Settings.S3(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())), "us-east-1",
                Optional.of("bucket"), Optional.of(new Settings.Credentials("key", Secret.of("secret"))), true,
                "files");
        return new ArchiveAccess(new Settings.Archive(s3, directory, Optional.empty()), Optional.empty(), 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) {
        String key = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod()) {
            case "PUT" -> put(key, exchange.getRequestHeaders().containsKey("If-None-Match"));
            case "DELETE" -> objects.remove(key) ? 204 : 404;
            default -> 200;
        };
    }

    private int put(String key, boolean onlyIfAbsent) {
        return switch (manner) {
            case KNOWS_NOTHING -> onlyIfAbsent ? 501 : 200;
            case FORBIDS -> 403;
            case IGNORES -> objects.add(key) ? 200 : 200;
            case KEEPS -> objects.add(key) ? 200 : 412;
        };
    }
}
