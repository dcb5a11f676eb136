package fr.pennylanesync.token;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets an application into one company: OAuth 2.0 with an authorisation code, as Pennylane has it. The state says that
 * the answer belongs to this question; a challenge (PKCE) is not sent, for Pennylane documents none.
 */
public final class OAuthLogin implements AutoCloseable {

    private static final String AUTHORIZE_PATH = "/oauth/authorize";
    private static final int STATE_BYTES = 24;

    private final URI authorize;
    private final OAuthServer server;
    private final InstantSource clock;
    private final OAuthClient application;
    private final String state;

    /**
     * Names the application, as Pennylane's partnership team registered it.
     *
     * @param redirectUri where Pennylane sends the browser with the code
     */
    public record OAuthClient(Secret id, Secret secret, URI redirectUri) {}

    public OAuthLogin(ApiBase base, HttpSettings settings, InstantSource clock, OAuthClient application) {
        this.authorize = URI.create(base.host().toURI() + AUTHORIZE_PATH);
        this.server = new OAuthServer(base, settings);
        this.clock = clock;
        this.application = application;
        byte[] random = new byte[STATE_BYTES];
        new SecureRandom().nextBytes(random);
        this.state = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Returns the page on which the company's administrator lets the application in. */
    public URI page(Collection<String> scopes) {
        return URI.create(authorize + "?response_type=code&client_id=" + encoded(application.id().reveal())
                + "&redirect_uri=" + encoded(application.redirectUri().toString()) + "&scope="
                + encoded(String.join(" ", scopes)) + "&state=" + encoded(state));
    }

    /**
     * Finds the code in what came back: the query of the callback, an address that a person copied, or the code alone.
     *
     * @throws SyncException if access was denied, or the answer belongs to another question
     */
    public Secret code(String answer) {
        String text = answer.strip();
        boolean bare = !text.contains("=");
        Map<String, String> values = bare ? Map.of("code", text, "state", state) : values(text);
        if (!state.equals(values.get("state"))) {
            throw new SyncException(TokenErrorCode.OAUTH_STATE_DIFFERS);
        }
        if (values.getOrDefault("code", "").isBlank()) {
            throw new SyncException(TokenErrorCode.OAUTH_DENIED);
        }
        return Secret.of(values.get("code"));
    }

    /** Exchanges the code for tokens, once, and returns the file that holds them. */
    public NewToken exchange(Secret code) {
        Instant asked = clock.instant();
        OAuthGrant grant =
                server.exchange(application.id(), application.secret(), code, application.redirectUri().toString());
        Secret refresh = grant.refreshToken().orElseThrow(() -> new SyncException(TokenErrorCode.OAUTH_UNAVAILABLE));
        OAuthFile file = OAuthFile.of(application.id(), application.secret(), refresh).renewed(grant.accessToken(),
                asked.plus(grant.validFor()), grant.refreshToken());
        return new NewToken(grant.accessToken(), TokenDirectory.OAUTH, file.text());
    }

    /** Returns how long a code that nobody used is good for, as RFC 6749 recommends. */
    public static Duration patience() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void close() {
        server.close();
    }

    private static Map<String, String> values(String address) {
        String query = address.substring(address.indexOf('?') + 1).replaceFirst("#.*", "");
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&")) {
            int sign = pair.indexOf('=');
            if (sign > 0) {
                values.put(decoded(pair.substring(0, sign)), decoded(pair.substring(sign + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
