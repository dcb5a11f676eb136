package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks slowly, or does not listen, delays nobody who asks whether the process lives and is ready. */
class SlowClientsTest {

    private static final int SLOW = 50;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String TRICKLE = "GET /observe/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<Socket> slow = new ArrayList<>();
    private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Console console;

    /** The first answers load classes; what is measured is not that. */
    @BeforeAll
    static void open() throws Exception {
        console = Console.open(new Settings.Console("127.0.0.1", 0));
        assertThat(ask("live", Duration.ofMinutes(1))).isEqualTo(200);
        assertThat(ask("ready", Duration.ofMinutes(1))).isEqualTo(503);
    }

    private static int ask(String which, Duration limit) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(console.url() + "observe/health/" + which)).timeout(limit)
                .build(), BodyHandlers.discarding()).statusCode();
    }

    @AfterEach
    void hangUp() throws IOException {
        trickle.shutdownNow();
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @AfterAll
    static void close() {
        console.close();
    }

    private void connect(String begun) throws IOException {
        URI address = URI.create(console.url());
        for (int number = 0; number < SLOW; number++) {
            Socket socket = new Socket(address.getHost(), address.getPort());
            slow.add(socket);
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends one byte a second over each; the first of them at once. */
    private void trickle() {
        AtomicInteger sent = new AtomicInteger();
        trickle.scheduleAtFixedRate(() -> {
            int next = TRICKLE.charAt(sent.getAndIncrement() % TRICKLE.length());
            for (Socket socket : slow) {
                write(socket, next);
            }
        }, 0, 1, TimeUnit.SECONDS);
    }

    private static void write(Socket socket, int next) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(next);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /observe/health HTTP/1.1\r\nHost: 127.",
            "GET /observe/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
            "POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n"})
    void healthAndLivenessAnswerWithinASecond(String begun) throws Exception {
        connect(begun);
        trickle();

        for (int time = 0; time < 3; time++) {
            assertThat(ask("live", AT_ONCE)).isEqualTo(200);
            assertThat(ask("ready", AT_ONCE)).isEqualTo(503);
        }
    }
}
