package fr.pennylanesync.console.web;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.settings.ConsoleOidc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;

/**
 * Logs people in by an OpenID provider: authorization code, PKCE, state and nonce. Vert.x knows the provider, exchanges
 * codes and proves signatures. Its handler is not used, because it knows no nonce, and keeps each try in a session. All
 * of it runs on the one event loop of the server.
 */
final class OpenIdLogin {

    static final String BEGIN = "/login/openid";
    private static final EventLog LOG = EventLog.of(OpenIdLogin.class);
    private static final String COOKIE = "pennylane-sync-login";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    /** A provider that is away is not asked for every stranger who tries. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final ConsoleOidc settings;
    private final InstantSource clock;
    private final SecretKey key = OpenIdAttempt.key();
    private Future<OAuth2Auth> provider = Future.failedFuture("not asked yet");
    private Instant askAgainAt = Instant.MIN;

    OpenIdLogin(Vertx vertx, ConsoleOidc settings, InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns the provider's host, which tells people where they are led. */
    String host() {
        return settings.issuer().getHost();
    }

    /** Tells whether a request names the host that the provider sends people back to. */
    boolean isAddressed(HttpServerRequest request) {
        return settings.callback().getAuthority().equals(request.getHeader("Host"));
    }

    private OAuth2Options options() {
        HttpClientOptions http = new HttpClientOptions().setConnectTimeout((int) ANSWER_WITHIN.toMillis())
                .setIdleTimeout((int) ANSWER_WITHIN.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return new OAuth2Options().setFlow(OAuth2FlowType.AUTH_CODE).setSite(settings.issuer().toString())
                .setClientId(settings.clientId()).setClientSecret(settings.clientSecret().reveal())
                .setValidateIssuer(true).setHttpClientOptions(http)
                // Microsoft signs its access tokens over the digest of their nonce.
                .setJWTOptions(new JWTOptions().setNonceAlgorithm("SHA-256"));
    }

    /** Finds the provider, at the first login: a console that starts does not wait for it. */
    private Future<OAuth2Auth> provider() {
        if (provider.failed() && !clock.instant().isBefore(askAgainAt)) {
            askAgainAt = clock.instant().plus(ASK_AGAIN_AFTER);
            provider = answered(OpenIDConnectAuth.discover(vertx, options()));
        }
        return provider.recover(away -> failed(WebErrorCode.OPENID_PROVIDER_AWAY, "discovery", away));
    }

    private static <T> Future<T> answered(Future<T> asked) {
        return asked.timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leads the browser to the provider. */
    Future<WebAnswer> begin(HttpServerRequest request) {
        return provider().map(found -> {
            OpenIdAttempt attempt = OpenIdAttempt.begin(key, clock.instant());
            request.response().addCookie(cookie(attempt.cookie()).setMaxAge(OpenIdAttempt.AGE_MAX.toSeconds()));
            return WebAnswer.seeOther(found.authorizeURL(new OAuth2AuthorizationURL().addScope("openid")
                    .addScope("profile").addScope("email").setState(attempt.state())
                    .setRedirectUri(settings.callback().toString()).putAdditionalParameter("nonce", attempt.nonce())
                    .putAdditionalParameter("code_challenge", attempt.challenge())
                    .putAdditionalParameter("code_challenge_method", "S256")));
        });
    }

    /** The provider leads back here from its own site, so that a stricter cookie would not come along. */
    private Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value).setPath(ConsoleOidc.CALLBACK_PATH).setHttpOnly(true)
                .setSecure(isSecure()).setSameSite(CookieSameSite.LAX);
    }

    boolean isSecure() {
        return settings.callback().getScheme().equals("https");
    }

    /**
     * Returns whom the provider let in.
     *
     * @return fails with a code
     */
    Future<Viewer> finish(HttpServerRequest request) {
        Optional<OpenIdAttempt> attempt = Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue)
                .flatMap(value -> OpenIdAttempt.of(key, value, clock.instant()));
        request.response().addCookie(cookie("").setMaxAge(0));
        String code = parameter(request, "code");
        if (attempt.filter(begun -> begun.isState(parameter(request, "state"))).isEmpty()) {
            return failed(WebErrorCode.OPENID_LOGIN_REFUSED, "state");
        }
        return code.isEmpty() ? failed(WebErrorCode.OPENID_LOGIN_REFUSED, "code")
                : provider().compose(found -> exchange(found, attempt.get(), code));
    }

    private static String parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name)).orElse("");
    }

    /** Keys are read anew for each login, so that one after they were exchanged succeeds. */
    private Future<Viewer> exchange(OAuth2Auth found, OpenIdAttempt attempt, String code) {
        return answered(found.jWKSet())
                .recover(away -> failed(WebErrorCode.OPENID_PROVIDER_AWAY, "keys", away))
                .compose(keys -> answered(found.authenticate(new Oauth2Credentials().setFlow(OAuth2FlowType.AUTH_CODE)
                        .setCode(code).setCodeVerifier(attempt.verifier())
                        .setRedirectUri(settings.callback().toString())))
                        .recover(refused -> failed(WebErrorCode.OPENID_LOGIN_REFUSED, "exchange", refused)))
                .compose(user -> admit(user, attempt));
    }

    private Future<Viewer> admit(User user, OpenIdAttempt attempt) {
        JsonObject claims = user.attributes().getJsonObject("idToken");
        if (claims == null) {
            return failed(WebErrorCode.OPENID_LOGIN_REFUSED, "id_token");
        }
        IdToken token = new IdToken(claims);
        Optional<String> fault = token.fault(issuer(claims), settings.clientId(), attempt.nonce(), clock.instant());
        if (fault.isPresent()) {
            return failed(WebErrorCode.OPENID_LOGIN_REFUSED, fault.get());
        }
        return token.viewer(settings).map(Future::succeededFuture)
                .orElseGet(() -> failed(WebErrorCode.OPENID_LOGIN_NOT_ALLOWED, "claims"));
    }

    /** Some providers name themselves with a slash at the end, which discovery does without. */
    private String issuer(JsonObject claims) {
        String configured = settings.issuer().toString();
        String bare = configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
        return (bare + "/").equals(claims.getValue("iss")) ? bare + "/" : bare;
    }

    private static <T> Future<T> failed(WebErrorCode code, String part) {
        LOG.log(new ProcessEvent.ConsoleLoginFailed(code.name(), part, "", code.remedy()));
        return Future.failedFuture(new SyncException(code, part));
    }

    private static <T> Future<T> failed(WebErrorCode code, String part, Throwable fault) {
        LOG.log(new ProcessEvent.ConsoleLoginFailed(code.name(), part, fault.getClass().getSimpleName(),
                code.remedy()));
        return Future.failedFuture(new SyncException(code, part, fault));
    }
}
