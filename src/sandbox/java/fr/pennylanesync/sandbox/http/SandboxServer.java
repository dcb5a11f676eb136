package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SandboxEvent;
import fr.pennylanesync.sandbox.AnswerDates;
import fr.pennylanesync.sandbox.RequestLog;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.api.Problem;
import fr.pennylanesync.sandbox.api.View;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.export.FecForm;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.sandbox.fault.Faults;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The HTTP server: gate, faults, operations, files, log. */
public final class SandboxServer implements AutoCloseable {

    public static final String API = "/api/external/v2";
    public static final String OAUTH_TOKEN = "/oauth/token";
    public static final String OAUTH_AUTHORIZE = "/oauth/authorize";

    private static final EventLog LOG = EventLog.of(SandboxServer.class);
    private static final int LONGEST_REQUEST_LINE = 32_768;

    private final SandboxOptions options;
    private final RequestLog log;
    private final Faults faults;
    private final Vertx vertx;
    private final HttpServer server;
    private final Sender sender;
    private final Gate gate;
    private final FileVault vault;
    private final PageFaultDesk pages;
    private final ApiDesk desk;
    private final FileDesk files;
    private final OAuthDesk oauth;
    private volatile AnswerDates dates = AnswerDates.RIGHT;
    private volatile Optional<Long> consent = Optional.empty();

    public SandboxServer(SandboxOptions options, World world, TokenDesk tokens, OAuthDesk oauth, Faults faults,
            RequestLog log) {
        this.options = options;
        this.log = log;
        this.oauth = oauth;
        this.faults = faults;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.sender = new Sender(vertx);
        this.gate = new Gate(tokens, options.rateLimit());
        this.server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(options.port())
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)).requestHandler(this::handle);
        this.vault = new FileVault(this::host, options.clock());
        this.pages = new PageFaultDesk(faults);
        this.desk = new ApiDesk(world, this::view, pages, options.clock());
        this.files = new FileDesk(vault, desk);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    public String baseUri() {
        return host() + API;
    }

    public String host() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public View view(Books books) {
        return new View(books, baseUri(), vault, options.feeds());
    }

    /** From now on the administrator of this company lets applications in; without one, they are denied. */
    public void consent(Optional<Long> companyId) {
        consent = companyId;
    }

    /** From now on the document of a record has about this many bytes. */
    public void enlarge(FileKind kind, long companyId, long recordId, long bytes) {
        files.enlarge(kind, companyId, recordId, bytes);
    }

    /** From now on the document of a record has the bytes of this file. */
    public void replace(FileKind kind, long companyId, long recordId, Path file) {
        files.replace(kind, companyId, recordId, file);
    }

    /** From now on files of accounting entries have this form. */
    public void writeFecs(FecForm form) {
        desk.writeFecs(form);
    }

    /** The bytes behind a file's URL, whatever its age and whatever is planned to go wrong. */
    public byte[] document(String url) {
        return files.document(url.substring(host().length()));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Bodies are read before the latency is waited for; none is large, and its size is told beforehand. */
    private void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, options.clock().instant());
        if (!request.method().equals(HttpMethod.POST)) {
            serveLater(exchange);
            return;
        }
        String length = request.getHeader("content-length");
        if (length == null || !length.matches("\\d{1,9}") || Integer.parseInt(length) > RequestBody.LARGEST) {
            finish(exchange, problem(Problem.of(413, "Payload Too Large")), exchange.path());
            return;
        }
        String contentType = Optional.ofNullable(request.getHeader("content-type")).orElse("");
        request.body().onSuccess(bytes -> {
            exchange.brings(new RequestBody(contentType, bytes.getBytes()));
            serveLater(exchange);
        });
    }

    private void serveLater(Exchange exchange) {
        if (options.latency().isZero()) {
            serve(exchange);
        } else {
            vertx.setTimer(Math.max(1, options.latency().toMillis()), timer -> serve(exchange));
        }
    }

    private void serve(Exchange exchange) {
        try {
            if (exchange.path().startsWith(FileVault.PREFIX)) {
                serveFile(exchange);
            } else if (exchange.path().startsWith(API + "/")) {
                serveApi(exchange, exchange.path().substring(API.length()));
            } else if (exchange.path().equals(OAUTH_TOKEN) && exchange.request().method().equals(HttpMethod.POST)) {
                finish(exchange, oauth.token(exchange.body().form()), exchange.path());
            } else if (exchange.path().equals(OAUTH_AUTHORIZE)) {
                Map<String, String> asked = new HashMap<>();
                exchange.request().params().forEach(asked::put);
                finish(exchange, oauth.authorize(asked, consent), exchange.path());
            } else {
                finish(exchange, problem(Problem.notFound()), exchange.path());
            }
        } catch (RuntimeException broken) {
            LOG.log(new SandboxEvent.SandboxRequestFailed(broken.getClass().getName()), broken);
            finish(exchange, SandboxAnswer.empty(500), exchange.path());
        }
    }

    private void serveApi(Exchange exchange, String path) {
        Instant now = options.clock().instant();
        Optional<TokenDesk.Grant> grant = gate.identify(exchange.authorization(), now);
        if (grant.isEmpty()) {
            finish(exchange, problem(Problem.of(401, "The access token is invalid"))
                    .with(Gate.headers(gate.stranger(now))), path);
            return;
        }
        long companyId = grant.get().companyId();
        exchange.madeBy(companyId);
        exchange.asksFor(desk.owner(path));
        RateWindow.RateVerdict verdict = gate.take(grant.get(), now);
        Map<String, String> headers = Gate.headers(verdict);
        if (!verdict.allowed()) {
            finish(exchange, Gate.tooMany(verdict, now).with(headers), path);
            return;
        }
        Optional<FaultRule> fault = faults.strike(FaultKind.Stage.BEFORE, path, companyId,
                kind -> kind != FaultKind.EXPIRED_CURSOR || exchange.request().getParam("cursor") != null);
        if (fault.isPresent()) {
            strike(exchange, fault.get(), verdict, path);
            return;
        }
        finish(exchange, desk.answer(grant.get(), exchange.request().method().name(), path, exchange.request().uri(),
                exchange.body()).with(headers), path);
    }

    private void strike(Exchange exchange, FaultRule fault, RateWindow.RateVerdict verdict, String path) {
        Instant now = options.clock().instant();
        if (fault.kind() == FaultKind.RESET) {
            log.add(exchange.logged(0));
            exchange.request().connection().close();
            return;
        }
        SandboxAnswer answer = switch (fault.kind()) {
            case TOO_MANY_REQUESTS -> Gate.tooMany(verdict, now);
            case BAD_GATEWAY -> SandboxAnswer.html(502, "502 Bad Gateway");
            case UNAVAILABLE -> problem(Problem.guide(503, "service_unavailable",
                    "The service is temporarily unavailable"));
            case GATEWAY_TIMEOUT -> SandboxAnswer.html(504, "504 Gateway Time-out");
            case EXPIRED_CURSOR -> problem(Problem.badRequest("Invalid cursor"));
            default -> SandboxAnswer.empty(500);
        };
        finish(exchange, answer.with(Gate.headers(verdict)), path);
    }

    private void serveFile(Exchange exchange) {
        SandboxAnswer answer = files.answer(exchange);
        Optional<FaultRule> fault = answer.status() == 200
                ? faults.strike(FaultKind.Stage.FILE, exchange.path(), exchange.recordCompanyId(), kind -> true)
                : Optional.empty();
        Optional<LargeDocument> large = files.large(exchange.path());
        if (fault.filter(rule -> rule.kind() == FaultKind.ENDLESS_FILE).isPresent()) {
            log.add(exchange.logged(200));
            sender.sendEndless(exchange.request().response(), answer);
        } else if (fault.isEmpty() && large.isPresent()) {
            log.add(exchange.logged(200));
            sender.send(exchange.request().response(), large.get());
        } else if (fault.isEmpty() && files.replaced(exchange.path()).isPresent()) {
            log.add(exchange.logged(200));
            exchange.request().response().putHeader("content-type", answer.contentType())
                    .sendFile(files.replaced(exchange.path()).orElseThrow().toString());
        } else {
            finish(exchange, fault.map(rule -> FileFaults.spoil(rule.kind(), answer)).orElse(answer), exchange.path());
        }
    }

    /** Sends the answer, unless a fault of the body strikes it, and writes the log. */
    private void finish(Exchange exchange, SandboxAnswer answer, String path) {
        SandboxAnswer dated = dates.date(path, options.clock().instant())
                .map(date -> answer.with(Map.of("date", date))).orElse(answer);
        long company = exchange.companyId();
        Optional<FaultRule> fault = answer.status() == 200
                ? faults.strike(FaultKind.Stage.BODY, path, company, kind -> true)
                : Optional.empty();
        log.add(exchange.logged(answer.status()));
        fault.ifPresentOrElse(rule -> sender.send(exchange.request().response(), dated, rule),
                () -> sender.send(exchange.request().response(), dated));
    }

    /** Lets the answers to come tell another time. */
    public void tellDates(AnswerDates told) {
        dates = told;
    }

    /** Lets lists show records as they were. */
    public void serveOld(OldRecords records) {
        pages.serveOld(records);
    }

    static SandboxAnswer problem(Problem problem) {
        return SandboxAnswer.json(problem.status(), problem.body());
    }
}
