package fr.pennylanesync.console.web;

import fr.pennylanesync.console.web.WebPages.Access;
import fr.pennylanesync.console.web.WebPages.LoginForm;
import fr.pennylanesync.console.web.WebPages.WebPage;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.settings.ConsoleOidc;
import fr.pennylanesync.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The server of the console. Pages are made on threads of their own, so that one that takes long holds up no other
 * question. A machine without a login answers pages only to itself.
 */
public final class WebServer implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(WebServer.class);
    private static final String FAILED = "failed";
    /** Browsers keep to TLS for a year; at a loopback name they would for every program of the machine. */
    private static final String STRICT = "max-age=31536000";
    private static final int THREADS = 4;
    private static final int IDLE_S = 60;
    private static final int FORM_BYTES_MAX = 8_192;
    private static final int LINE_BYTES_MAX = 8_192;
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "X-Content-Type-Options",
            "nosniff", "Referrer-Policy", "same-origin", "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");

    private final Vertx vertx;
    private final HttpServer server;
    private final WebPages pages;
    private final Sessions sessions;
    private final boolean loopbackOnly;
    private final boolean passwords;
    private final boolean strict;
    private final Optional<OpenIdLogin> openId;

    /** @throws SyncException if the address cannot be listened on, or the key store cannot be used */
    public WebServer(Settings.Console settings, WebPages pages) {
        this.pages = pages;
        this.loopbackOnly = isLoopback(settings);
        this.strict = settings.tls().isPresent() && !loopbackOnly;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(THREADS)
                .setInternalBlockingPoolSize(1).setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
        Logins logins = new Logins(settings.logins(), InstantSource.system());
        this.openId = settings.oidc().map(oidc -> new OpenIdLogin(vertx, oidc, InstantSource.system()));
        this.passwords = !logins.isEmpty();
        this.sessions = new Sessions(vertx, logins, openId,
                settings.tls().isPresent() || openId.filter(OpenIdLogin::isSecure).isPresent());
        try {
            this.server = vertx.createHttpServer(options(settings)).requestHandler(router()).listen()
                    .toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException refused) {
            close();
            throw new SyncException(WebErrorCode.of(refused.getCause()), settings.address() + ":" + settings.port(),
                    refused.getCause());
        }
    }

    private static boolean isLoopback(Settings.Console settings) {
        try {
            return InetAddress.getByName(settings.address()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new SyncException(WebErrorCode.CONSOLE_PORT_TAKEN, settings.address() + ":" + settings.port(),
                    unknown);
        }
    }

    private static HttpServerOptions options(Settings.Console settings) {
        HttpServerOptions options = new HttpServerOptions().setHost(settings.address()).setPort(settings.port())
                .setIdleTimeout(IDLE_S).setMaxInitialLineLength(LINE_BYTES_MAX)
                // No browser speaks HTTP/2 without TLS, and a request of it has no Host to look at.
                .setHttp2ClearTextEnabled(false);
        settings.tls().ifPresent(tls -> options.setSsl(true).setKeyCertOptions(
                new PfxOptions().setPath(tls.keystore().toAbsolutePath().toString())
                        .setPassword(tls.password().reveal())));
        return options;
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::admit);
        router.route().handler(BodyHandler.create(false).setBodyLimit(FORM_BYTES_MAX));
        sessions.mount(router);
        for (WebPage page : pages.pages()) {
            HttpMethod method = page.access() == Access.FORM ? HttpMethod.POST : HttpMethod.GET;
            router.route(method, page.path()).handler(context -> serve(context, page));
            if (method.equals(HttpMethod.GET)) {
                router.route(HttpMethod.HEAD, page.path()).handler(context -> serve(context, page));
            }
        }
        router.post(Sessions.LOGIN).handler(this::login);
        router.post(Sessions.LOGOUT).handler(this::logout);
        router.get(Sessions.LOGIN).handler(context -> {
            sessions.forget(context);
            String failed = Optional.ofNullable(context.request().getParam(FAILED)).orElse("");
            send(context, () -> loginForm(context, failed.matches("[A-Z_]{1,40}") ? "login_" + failed : ""));
        });
        openId.ifPresent(login -> mount(router, login));
        router.get(Sessions.LANGUAGE).handler(context -> send(context, () -> Sessions.language(context)));
        router.route().handler(context -> serve(context, new WebPage(Access.PAGE, "", pages.missing())));
        router.route().failureHandler(context -> failed(context, context.failure(), context.statusCode()));
        return router;
    }

    /** On a loopback address only loopback names are answered, so that no web page can ask by a name of its own. */
    private void admit(RoutingContext context) {
        HEADERS.forEach(context.response()::putHeader);
        if (strict) {
            context.response().putHeader("Strict-Transport-Security", STRICT);
        }
        boolean method = context.request().method().equals(HttpMethod.GET)
                || context.request().method().equals(HttpMethod.HEAD)
                || context.request().method().equals(HttpMethod.POST);
        if (!method) {
            plain(context, 405, "Only GET, HEAD and POST.\n");
        } else if (loopbackOnly && !isOurs(context.request())) {
            plain(context, 421, "Ask for localhost.\n");
        } else {
            context.next();
        }
    }

    private boolean isOurs(HttpServerRequest request) {
        return Senders.isAddressedLocally(request)
                || openId.filter(login -> login.isAddressed(request)).isPresent();
    }

    private void serve(RoutingContext context, WebPage page) {
        if (page.access() == Access.OPEN) {
            send(context, () -> page.answer().apply(sessions.request(context, Viewer.LOCAL)));
            return;
        }
        sessions.viewer(context).ifPresentOrElse(viewer -> admitted(context, page, viewer), () -> refuse(context));
    }

    private void admitted(RoutingContext context, WebPage page, Viewer viewer) {
        boolean form = page.access() == Access.FORM;
        if (form && !sessions.isOwnForm(context)) {
            plain(context, WebAnswer.FORBIDDEN, "This form is not of this page any more: load the page again.\n");
            return;
        }
        send(context, () -> page.answer().apply(sessions.request(context, viewer)));
    }

    private void refuse(RoutingContext context) {
        if (sessions.isLoginAsked()) {
            send(context, () -> WebAnswer.seeOther(Sessions.LOGIN));
        } else {
            plain(context, WebAnswer.FORBIDDEN,
                    "Without a login the pages are shown only on the machine itself, at localhost.\n");
        }
    }

    private void login(RoutingContext context) {
        if (!sessions.isOwnForm(context)) {
            plain(context, WebAnswer.FORBIDDEN, "This form is not of this page any more: load the page again.\n");
            return;
        }
        send(context, () -> {
            boolean entered = sessions.enter(context);
            return entered ? WebAnswer.seeOther("/") : loginForm(context, "login_in_vain");
        });
    }

    private WebAnswer loginForm(RoutingContext context, String trouble) {
        return pages.login().answer(sessions.request(context, Viewer.LOCAL),
                new LoginForm(passwords, openId.map(OpenIdLogin::host).orElse(""), trouble));
    }

    private void mount(Router router, OpenIdLogin login) {
        router.get(OpenIdLogin.BEGIN)
                .handler(context -> send(context, login.begin(context.request()).recover(WebServer::toLogin)));
        router.get(ConsoleOidc.CALLBACK_PATH)
                .handler(context -> send(context, login.finish(context.request()).map(viewer -> {
                    Sessions.begin(context, viewer);
                    return WebAnswer.seeOther("/");
                }).recover(WebServer::toLogin)));
    }

    /** Leads back to where one logs in, which says what was wrong. */
    private static Future<WebAnswer> toLogin(Throwable fault) {
        return fault instanceof SyncException known
                ? Future.succeededFuture(WebAnswer.seeOther(Sessions.LOGIN + "?" + FAILED + "=" + known.code().name()))
                : Future.failedFuture(fault);
    }

    private void logout(RoutingContext context) {
        if (sessions.isOwnForm(context)) {
            sessions.leave(context);
        }
        send(context, () -> WebAnswer.seeOther(Sessions.LOGIN));
    }

    private void send(RoutingContext context, Callable<WebAnswer> making) {
        send(context, vertx.executeBlocking(making, false));
    }

    private static void send(RoutingContext context, Future<WebAnswer> made) {
        made.onSuccess(answer -> {
            answer.headers().forEach(context.response()::putHeader);
            context.response().setStatusCode(answer.status()).end(Buffer.buffer(answer.body()));
        }).onFailure(fault -> failed(context, fault, 500));
    }

    private static void failed(RoutingContext context, Throwable fault, int status) {
        if (fault == null || status < 500 && status > 0) {
            plain(context, status > 0 ? status : 500, "Not understood.\n");
            return;
        }
        FatalErrors.report(fault);
        LOG.log(new ProcessEvent.ConsoleFailed(context.currentRoute() == null ? "" : context.normalizedPath()),
                fault);
        plain(context, 500, "Failed; the log has the trace.\n");
    }

    private static void plain(RoutingContext context, int status, String text) {
        if (!context.response().ended()) {
            context.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(text);
        }
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
