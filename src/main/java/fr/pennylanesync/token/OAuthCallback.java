package fr.pennylanesync.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits on this machine for the browser that Pennylane sends back, and takes the query of its address. */
public final class OAuthCallback implements AutoCloseable {

    private static final String PATH = "/callback";
    private static final String PAGE = "<!DOCTYPE html><html lang=\"en\"><title>pennylane-sync</title>"
            + "<p>The answer has arrived. Go on in the terminal; this page can be closed.</p>"
            + "<p lang=\"fr\">La réponse est arrivée. Continuez dans le terminal ; cette page peut être fermée.</p>"
            + "</html>";

    private final HttpServer server;
    private final BlockingQueue<String> queries = new ArrayBlockingQueue<>(1);

    private OAuthCallback(HttpServer server) {
        this.server = server;
    }

    /** @param port on 127.0.0.1; 0 takes any free one */
    public static OAuthCallback listen(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            OAuthCallback callback = new OAuthCallback(server);
            server.createContext(PATH, callback::answer);
            server.start();
            return callback;
        } catch (IOException taken) {
            throw new SyncException(TokenErrorCode.OAUTH_CALLBACK_PORT, Integer.toString(port), taken);
        }
    }

    /** Returns where Pennylane is to send the browser. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(queries::offer);
        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    /** Returns the query, once it is there; empty if it does not come within that time. */
    public Optional<String> await(Duration time) throws InterruptedException {
        return Optional.ofNullable(queries.poll(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
