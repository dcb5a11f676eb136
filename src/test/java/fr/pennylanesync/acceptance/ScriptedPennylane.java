package fr.pennylanesync.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves given bodies for given requests, one company at {@code /me}, and an empty list for all else. */
final class ScriptedPennylane implements AutoCloseable {

    static final long COMPANY = 4711;

    private static final String BASE = "/api/external/v2";
    private static final String EMPTY = "{\"items\":[],\"has_more\":false,\"next_cursor\":null}";

    /**
     * What is answered to which requests.
     *
     * @param when what the decoded query must hold; empty for anything
     * @param unless what it must not hold; empty for nothing
     */
    record Script(String path, String when, String unless, int status, String body) {

        private boolean answers(String asked, String query) {
            return asked.equals(path) && query.contains(when) && (unless.isEmpty() || !query.contains(unless));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Script> faults = new CopyOnWriteArrayList<>();
    private final List<Script> scripts;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final String me;

    /** @param scripts the first that matches answers */
    ScriptedPennylane(List<Script> scripts, List<String> scopes) throws IOException {
        this.scripts = List.copyOf(scripts);
        this.me = "{\"user\":null,\"company\":{\"id\":" + COMPANY + ",\"name\":\"Scripted\",\"reg_no\":\"123456789\"},\"scopes\":[\""
                + String.join("\",\"", scopes) + "\"]}";
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + BASE);
    }

    /** Goes before all scripts until {@link #heal}. */
    void fault(Script script) {
        faults.add(script);
    }

    void heal() {
        faults.clear();
    }

    /** The requests so far, as path and decoded query. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void forgetAsked() {
        asked.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(BASE.length());
        String query = exchange.getRequestURI().getRawQuery() == null ? ""
                : URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        asked.add(path + "?" + query);
        Script script = find(faults, path, query, find(scripts, path, query, new Script(path, "", "", 200, path.equals("/me") ? me : EMPTY)));
        byte[] body = script.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(script.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Script find(List<Script> scripts, String path, String query, Script otherwise) {
        return scripts.stream().filter(script -> script.answers(path, query)).findFirst().orElse(otherwise);
    }
}
