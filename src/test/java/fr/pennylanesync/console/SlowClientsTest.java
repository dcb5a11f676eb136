package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks slowly, or does not listen, delays nobody who asks whether the process lives. */
class SlowClientsTest {

    private static final int SLOW = 40;
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private final List<Socket> slow = new ArrayList<>();
    private Console console;

    @BeforeEach
    void open() {
        console = Console.open(new Settings.Console("127.0.0.1", 0));
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /observe/health HTTP/1.1\r\nHost: 127.",
            "GET /observe/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n",
            "POST /status.json HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n"})
    void healthAnswersAtOnce(String begun) throws Exception {
        URI address = URI.create(console.url());
        for (int number = 0; number < SLOW; number++) {
            Socket socket = new Socket(address.getHost(), address.getPort());
            slow.add(socket);
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        }
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("observe/health/live", "observe/health/live")) {
            assertThat(client.send(HttpRequest.newBuilder(address.resolve(path)).timeout(AT_ONCE).build(),
                    BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }
}
