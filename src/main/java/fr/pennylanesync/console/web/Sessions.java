package fr.pennylanesync.console.web;

import fr.pennylanesync.console.page.Language;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Knows who asks: by the session of a login, or by the machine where no login is configured. */
final class Sessions {

    static final String LOGIN = "/login";
    static final String LOGOUT = "/logout";
    static final String LANGUAGE = "/language";
    static final String CSRF = "csrf";
    private static final String COOKIE = "pennylane-sync";
    private static final String VIEWER = "viewer";
    private static final String SINCE = "since";
    private static final Duration IDLE_MAX = Duration.ofMinutes(30);
    /** A page that is left open asks again and again, so that being idle would never end. */
    private static final Duration SESSION_MAX = Duration.ofHours(12);
    private static final int CSRF_BYTES = 24;
    private static final int SESSION_ID_BYTES = 32;
    private static final int LANGUAGE_S = 365 * 24 * 3600;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vertx vertx;
    private final Logins logins;
    private final Optional<OpenIdLogin> openId;
    private final boolean secure;
    /** Nobody but a page of ours can read it, and without a login there is nothing else to bind it to. */
    private final String processCsrf = random();

    /** @param secure whether cookies are sent over TLS only */
    Sessions(Vertx vertx, Logins logins, Optional<OpenIdLogin> openId, boolean secure) {
        this.vertx = vertx;
        this.logins = logins;
        this.openId = openId;
        this.secure = secure;
    }

    private static String random() {
        byte[] bytes = new byte[CSRF_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void mount(Router router) {
        if (isLoginAsked()) {
            router.route().handler(SessionHandler.create(LocalSessionStore.create(vertx)).setLazySession(true)
                    .setNagHttps(false).setCookieHttpOnlyFlag(true).setCookieSecureFlag(secure)
                    // From a provider people come by a link of its site, which a strict cookie does not go along with.
                    .setCookieSameSite(openId.isPresent() ? CookieSameSite.LAX : CookieSameSite.STRICT)
                    .setMinLength(SESSION_ID_BYTES)
                    .setSessionCookieName(COOKIE).setSessionTimeout(IDLE_MAX.toMillis()));
        }
    }

    boolean isLoginAsked() {
        return !logins.isEmpty() || openId.isPresent();
    }

    /** Returns who asks; empty where nobody is let in. */
    Optional<Viewer> viewer(RoutingContext context) {
        if (!isLoginAsked()) {
            return Senders.isLocal(context.request()) && Senders.isAddressedLocally(context.request())
                    ? Optional.of(Viewer.LOCAL)
                    : Optional.empty();
        }
        Optional<Viewer> viewer = session(context).filter(Sessions::isYoung)
                .map(session -> session.get(VIEWER));
        if (viewer.isEmpty()) {
            forget(context);
        }
        return viewer;
    }

    private static boolean isYoung(Session session) {
        Long since = session.get(SINCE);
        return since != null && System.currentTimeMillis() - since < SESSION_MAX.toMillis();
    }

    /** Returns the session of a login. One is made by a login alone, so that strangers fill no memory. */
    private static Optional<Session> session(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(COOKIE)).map(brought -> context.session())
                .filter(session -> !session.isDestroyed() && session.get(VIEWER) != null);
    }

    /** Lets a session go that belongs to no login. */
    void forget(RoutingContext context) {
        if (context.request().getCookie(COOKIE) != null && context.session() != null
                && session(context).isEmpty()) {
            context.session().destroy();
        }
    }

    /** Tells whether a form is one that we made for whoever sends it. */
    boolean isOwnForm(RoutingContext context) {
        String brought = context.request().getFormAttribute(CSRF);
        boolean forwarded = !isLoginAsked() && Senders.isForwarded(context.request());
        return !forwarded && Senders.isOwn(context.request()) && brought != null
                && MessageDigest.isEqual(brought.getBytes(StandardCharsets.UTF_8),
                        csrf(context).getBytes(StandardCharsets.UTF_8));
    }

    private String csrf(RoutingContext context) {
        return session(context).map(session -> session.<String>get(CSRF)).orElse(processCsrf);
    }

    /** Lets somebody in whose name and password are right. It computes for long. */
    boolean enter(RoutingContext context) {
        Optional<Viewer> viewer = logins.enter(form(context, "name"), form(context, "password"),
                Senders.address(context.request()));
        viewer.ifPresent(entered -> begin(context, entered));
        if (viewer.isEmpty()) {
            forget(context);
        }
        return viewer.isPresent();
    }

    /** Begins the session of somebody who is let in. */
    static void begin(RoutingContext context, Viewer viewer) {
        context.session().regenerateId().put(VIEWER, viewer).put(SINCE, System.currentTimeMillis()).put(CSRF, random());
    }

    private static String form(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getFormAttribute(name)).orElse("");
    }

    void leave(RoutingContext context) {
        session(context).ifPresent(Session::destroy);
    }

    /** Notes the language that somebody chose, and leads back to where that was. */
    static WebAnswer language(RoutingContext context) {
        String back = Optional.ofNullable(context.request().getParam("back")).orElse("/");
        Optional<Language> chosen = Language.named(Optional.ofNullable(context.request().getParam("to")).orElse(""));
        chosen.ifPresent(language -> context.response().addCookie(Cookie.cookie("lang", language.tag()).setPath("/")
                .setSameSite(CookieSameSite.LAX).setMaxAge(LANGUAGE_S)));
        return WebAnswer.seeOther(back.matches("/(?![/\\\\])[!-~]{0,500}") ? back : "/");
    }

    WebRequest request(RoutingContext context, Viewer viewer) {
        Map<String, String> parameters = new HashMap<>();
        context.request().params().forEach(parameter -> parameters.putIfAbsent(parameter.getKey(),
                parameter.getValue()));
        context.request().formAttributes().forEach(parameter -> parameters.put(parameter.getKey(),
                parameter.getValue()));
        parameters.putAll(context.pathParams());
        return new WebRequest(context.normalizedPath(), context.request().uri(), parameters, viewer,
                language(context.request().getParam("lang"), context), csrf(context), isLoginAsked());
    }

    private static Language language(String asked, RoutingContext context) {
        Cookie cookie = context.request().getCookie("lang");
        return Optional.ofNullable(asked).flatMap(Language::named)
                .or(() -> Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(Language::named))
                .orElseGet(() -> Language.accepted(
                        Optional.ofNullable(context.request().getHeader("Accept-Language")).orElse("")));
    }
}
