package fr.pennylanesync.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A small HTTP server for pages that are only read. On a loopback address it answers only to a loopback name, so no web
 * page can ask it.
 */
final class ConsoleServer implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(ConsoleServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 50;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy", "no-referrer", "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'");

    static {
        // Of the JDK's server, in seconds: a connection that says nothing must not hold one of the few threads.
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
        setUnlessSet("sun.net.httpserver.maxRspTime", "60");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("console"));
    private final Map<String, Supplier<ConsoleAnswer>> pages;
    private final boolean loopbackOnly;

    /** @throws SyncException if the address cannot be listened on */
    ConsoleServer(Settings.Console settings, Map<String, Supplier<ConsoleAnswer>> pages) {
        this.pages = Map.copyOf(pages);
        try {
            InetAddress address = InetAddress.getByName(settings.address());
            this.loopbackOnly = address.isLoopbackAddress();
            this.server = HttpServer.create(new InetSocketAddress(address, settings.port()), BACKLOG);
        } catch (IOException taken) {
            throw new SyncException(ConsoleErrorCode.CONSOLE_PORT_TAKEN,
                    settings.address() + ":" + settings.port(), taken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static void setUnlessSet(String key, String value) {
        System.setProperty(key, Optional.ofNullable(System.getProperty(key)).orElse(value));
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (Error fatal) {
            // The JDK's server would drop it.
            FatalErrors.report(fatal);
            throw fatal;
        }
    }

    private ConsoleAnswer answer(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
            return ConsoleAnswer.text(405, "text/plain", "Only GET.\n");
        }
        if (loopbackOnly && !LOOPBACK_NAMES.contains(host(exchange))) {
            return ConsoleAnswer.text(421, "text/plain", "Ask for localhost.\n");
        }
        Supplier<ConsoleAnswer> page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return ConsoleAnswer.text(404, "text/plain", "Nothing here. The page is at /\n");
        }
        try {
            return page.get();
        } catch (RuntimeException fault) {
            LOG.log(new ProcessEvent.ConsoleFailed(exchange.getHttpContext().getPath()), fault);
            return ConsoleAnswer.text(500, "text/plain", "Failed; the log has the trace.\n");
        }
    }

    private static String host(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("").replaceFirst(":\\d+$", "");
    }

    private static void send(HttpExchange exchange, ConsoleAnswer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        HEADERS.forEach(headers::set);
        headers.set("Content-Type", answer.contentType());
        boolean bodyWanted = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodyWanted ? answer.body().length : -1);
        if (bodyWanted) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
