package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.http.TokenDesk.Grant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OAuth 2.0 for partners' applications: authorisation codes, and the refreshing of access tokens. As Pennylane
 * documents: access tokens are good for 24 hours, refresh tokens for 90 days and once; with the use of a refresh token,
 * it and the access token that came with it die at once.
 */
public final class OAuthDesk {

    static final Duration ACCESS_VALIDITY = Duration.ofHours(24);
    static final Duration REFRESH_VALIDITY = Duration.ofDays(90);
    static final Duration CODE_VALIDITY = Duration.ofMinutes(10);

    /** A refresh token and what it is good for. */
    public record Refresh(String token, String clientId, long companyId, Instant expiresAt, Grant access) {}

    private final TokenDesk tokens;
    private final InstantSource clock;
    private final Map<String, String> clientSecrets = new HashMap<>();
    private final Map<String, Refresh> refreshes = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    /** A code that the browser brought, and what it is good for. */
    private record Code(String clientId, String redirectUri, long companyId, List<String> scopes, Instant expiresAt) {}

    public OAuthDesk(TokenDesk tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Registers an application. */
    public synchronized void register(String clientId, String clientSecret) {
        clientSecrets.put(clientId, clientSecret);
    }

    /** A new pair of tokens, as if the company's administrator had just let the application in. */
    public synchronized Refresh authorize(String clientId, long companyId, List<String> scopes) {
        Instant now = clock.instant();
        Grant access = tokens.issue(companyId, scopes, now.plus(ACCESS_VALIDITY));
        Refresh refresh = new Refresh(tokens.draw(), clientId, companyId, now.plus(REFRESH_VALIDITY), access);
        refreshes.put(refresh.token(), refresh);
        return refresh;
    }

    /**
     * Answers {@code GET /oauth/authorize} as if the company's administrator had agreed, or had not.
     *
     * @param companyId whose administrator it is; none: access is denied
     */
    synchronized SandboxAnswer authorize(Map<String, String> asked, Optional<Long> companyId) {
        String redirect = asked.getOrDefault("redirect_uri", "");
        boolean known = clientSecrets.containsKey(asked.getOrDefault("client_id", ""));
        if (!known || redirect.isEmpty() || !"code".equals(asked.get("response_type"))) {
            return SandboxAnswer.html(400, "The request is missing a parameter, or the client is unknown");
        }
        String state = asked.containsKey("state") ? "&state=" + encoded(asked.get("state")) : "";
        if (companyId.isEmpty()) {
            return SandboxAnswer.empty(302).with(Map.of("location", redirect + "?error=access_denied" + state));
        }
        String code = tokens.draw();
        codes.put(code, new Code(asked.get("client_id"), redirect, companyId.get(),
                List.of(asked.getOrDefault("scope", "").split(" ")), clock.instant().plus(CODE_VALIDITY)));
        return SandboxAnswer.empty(302).with(Map.of("location", redirect + "?code=" + encoded(code) + state));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private SandboxAnswer exchanged(Map<String, String> form) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        boolean good = code != null && code.clientId().equals(form.get("client_id"))
                && code.redirectUri().equals(form.get("redirect_uri")) && clock.instant().isBefore(code.expiresAt());
        return good ? granted(authorize(code.clientId(), code.companyId(), code.scopes())) : invalidGrant();
    }

    private static SandboxAnswer invalidGrant() {
        return error(400, "invalid_grant",
                "The provided authorization grant is invalid, expired, revoked, does not match the "
                        + "redirection URI used in the authorization request, or was issued to another client.");
    }

    /** Forgets the refresh tokens of a company. */
    public synchronized void revoke(long companyId) {
        refreshes.values().removeIf(refresh -> refresh.companyId() == companyId);
    }

    /** Answers {@code POST /oauth/token}; the errors are those of RFC 6749, which the documentation refers to. */
    synchronized SandboxAnswer token(Map<String, String> form) {
        String secret = clientSecrets.get(form.getOrDefault("client_id", ""));
        if (secret == null || !secret.equals(form.get("client_secret"))) {
            return error(401, "invalid_client",
                    "Client authentication failed due to unknown client, no client authentication included, "
                            + "or unsupported authentication method.");
        }
        String grantType = form.getOrDefault("grant_type", "");
        if (grantType.isEmpty() || grantType.equals("refresh_token") && !form.containsKey("refresh_token")) {
            return error(400, "invalid_request", "Missing required parameter: "
                    + (grantType.isEmpty() ? "grant_type." : "refresh_token."));
        }
        if (grantType.equals("authorization_code")) {
            return exchanged(form);
        }
        if (!grantType.equals("refresh_token")) {
            return error(400, "unsupported_grant_type",
                    "The authorization grant type is not supported by the authorization server.");
        }
        Refresh used = refreshes.get(form.get("refresh_token"));
        if (used == null || !used.clientId().equals(form.get("client_id")) || !clock.instant()
                .isBefore(used.expiresAt())) {
            return invalidGrant();
        }
        refreshes.remove(used.token());
        tokens.withdraw(used.access().token());
        return granted(authorize(used.clientId(), used.companyId(), used.access().scopes()));
    }

    private static SandboxAnswer granted(Refresh refresh) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("access_token", refresh.access().token())
                .put("token_type", "Bearer").put("expires_in", ACCESS_VALIDITY.toSeconds())
                .put("refresh_token", refresh.token()).put("scope", String.join(" ", refresh.access().scopes()))
                .put("created_at", refresh.expiresAt().minus(REFRESH_VALIDITY).getEpochSecond());
        return SandboxAnswer.json(200, body).with(Map.of("cache-control", "no-store"));
    }

    private static SandboxAnswer error(int status, String code, String description) {
        return SandboxAnswer.json(status, JsonNodeFactory.instance.objectNode().put("error", code)
                .put("error_description", description));
    }
}
