package fr.pennylanesync.acceptance;

import fr.pennylanesync.sandbox.AdjustableClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Serves given bodies for given requests, given changelogs, one company at {@code /me}, 404 for a record, and an empty
 * list for all else.
 */
public final class ScriptedPennylane implements AutoCloseable {

    public static final long COMPANY = 4711;

    private static final String BASE = "/api/external/v2";
    private static final String EMPTY = "{\"items\":[],\"has_more\":false,\"next_cursor\":null}";
    private static final Pattern ONE_RECORD = Pattern.compile("/[a-z_]+/\\d+");
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /**
     * What is answered to which requests.
     *
     * @param when what the decoded query must hold; empty for anything
     * @param unless what it must not hold; empty for nothing
     */
    public record Script(String path, String when, String unless, int status, String body) {

        private boolean answers(String asked, String query) {
            return asked.equals(path) && query.contains(when) && (unless.isEmpty() || !query.contains(unless));
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Script> faults = new CopyOnWriteArrayList<>();
    private final List<Script> scripts;
    private final List<ScriptedFeed> feeds;
    private final AdjustableClock clock;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final String me;

    /**
     * @param scripts the first that matches answers
     * @param clock what the answers' {@code Date} says
     */
    public ScriptedPennylane(List<Script> scripts, List<ScriptedFeed> feeds, AdjustableClock clock,
            List<String> scopes) {
        this.scripts = new CopyOnWriteArrayList<>(scripts);
        this.feeds = List.copyOf(feeds);
        this.clock = clock;
        this.me = "{\"user\":null,\"company\":{\"id\":" + COMPANY
                + ",\"name\":\"Scripted\",\"reg_no\":\"123456789\"},\"scopes\":[\""
                + String.join("\",\"", scopes) + "\"]}";
        server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().join();
    }

    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + BASE);
    }

    /** Goes before all scripts until {@link #heal}. */
    public void fault(Script script) {
        faults.add(script);
    }

    public void heal() {
        faults.clear();
    }

    /** Goes before all scripts for good. */
    public void serve(Script script) {
        scripts.add(0, script);
    }

    public ScriptedFeed feed(String path) {
        return feed(path, feeds).orElseThrow();
    }

    void advance(Duration by) {
        clock.advance(by);
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        String path = request.path().substring(BASE.length());
        String raw = Optional.ofNullable(request.query()).orElse("");
        String query = decoded(raw);
        asked.add(path + "?" + query);
        Script script =
                Stream.of(faults, scripts).flatMap(List::stream).filter(known -> known.answers(path, query)).findFirst()
                        .orElseGet(() -> unscripted(path, raw));
        request.response().setStatusCode(script.status()).putHeader("Content-Type", "application/json")
                .putHeader("Date", DATE.format(clock.instant())).end(script.body());
    }

    private Script unscripted(String path, String raw) {
        if (ONE_RECORD.matcher(path).matches()) {
            return new Script(path, "", "", 404, "{\"error\":\"Not Found\",\"status\":404}");
        }
        return new Script(path, "", "", 200, feed(path, feeds).map(feed -> feed.answer(parameters(raw)))
                .orElse(path.equals("/me") ? me : EMPTY));
    }

    private static Optional<ScriptedFeed> feed(String path, List<ScriptedFeed> feeds) {
        return feeds.stream().filter(feed -> feed.path().equals(path)).findFirst();
    }

    private static Map<String, String> parameters(String raw) {
        return Stream.of(raw.split("&")).map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> decoded(parameter[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
