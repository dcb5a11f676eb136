package fr.pennylanesync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HttpClient shuts its pool down when an error passes through it; the next request has a pool all the same. */
class HttpConnectionsTest {

    private final AtomicBoolean failing = new AtomicBoolean();
    private HttpServer server;
    private CloseableHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        client = HttpClients.custom().setConnectionManager(new HttpConnections(pool -> pool.setMaxConnTotal(2)))
                .setRequestExecutor(new FailingExecutor()).build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    @Test
    void aRequestAfterAnErrorHasAPool() throws IOException {
        assertThat(status()).isEqualTo(204);
        for (int i = 0; i < 5; i++) {
            failing.set(true);
            assertThatThrownBy(this::status).isInstanceOf(AssertionError.class);
            failing.set(false);
            assertThat(status()).isEqualTo(204);
        }
    }

    @Test
    void aClientThatIsClosedStaysClosed() throws IOException {
        client.close();
        assertThatThrownBy(this::status).isInstanceOf(IllegalStateException.class);
    }

    private int status() throws IOException {
        return client.execute(
                new HttpGet("http://127.0.0.1:" + server.getAddress().getPort() + "/"), ClassicHttpResponse::getCode);
    }

    private final class FailingExecutor extends HttpRequestExecutor {

        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
                HttpResponseInformationCallback informed, HttpContext context) throws IOException, HttpException {
            if (failing.get()) {
                throw new AssertionError("as a library's own fault would be");
            }
            return super.execute(request, connection, informed, context);
        }
    }
}
