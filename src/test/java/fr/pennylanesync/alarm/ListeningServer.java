package fr.pennylanesync.alarm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that takes whatever is posted to it, and keeps it. */
public final class ListeningServer implements AutoCloseable {

    /** One request. */
    public record Heard(String target, String contentType, byte[] bytes) {

        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public ListeningServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int answered = status;
            if (answered < 300) {
                heard.add(new Heard(exchange.getRequestURI().toString(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")), body));
            }
            if (answered >= 300 && answered < 400) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            byte[] words = "ok".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answered, words.length);
            exchange.getResponseBody().write(words);
        }
    }

    /** Answers so from now on; a request that is not taken is not kept. */
    public void answersWith(int code) {
        status = code;
    }

    public URI url(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery);
    }

    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    public void forget() {
        heard.clear();
        status = 200;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
