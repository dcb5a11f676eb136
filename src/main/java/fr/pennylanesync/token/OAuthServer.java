package fr.pennylanesync.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpConnections;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.page.Deadline;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Pennylane's authorisation server: {@code /oauth/token} on the host of the API. A refresh token works once; using it
 * also ends the access token that came with it. So nothing here ever repeats a request by itself.
 */
final class OAuthServer implements AutoCloseable {

    private static final String TOKEN_PATH = "/oauth/token";
    private static final ReadLimits LIMITS = new ReadLimits(64 * 1024);
    /** Pennylane documents 86400 s; used when an answer does not say. */
    private static final long USUAL_SECONDS = 86_400;

    private final URI address;
    private final Duration totalTime;
    private final CloseableHttpClient client;

    OAuthServer(ApiBase base, HttpSettings settings) {
        this.address = URI.create(base.host().toURI() + TOKEN_PATH);
        this.totalTime = settings.totalTime();
        this.client = HttpClients.custom()
                .setConnectionManager(new HttpConnections(pool -> pool
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(Timeout.of(settings.silenceTimeout()))
                                .build())))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.silenceTimeout()))
                        .setConnectionRequestTimeout(Timeout.of(settings.leaseTimeout()))
                        .build())
                .setUserAgent("pennylane-sync")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    OAuthGrant refresh(Secret clientId, Secret clientSecret, Secret refreshToken) {
        return grant(clientId, clientSecret, List.of(new BasicNameValuePair("grant_type", "refresh_token"),
                new BasicNameValuePair("refresh_token", refreshToken.reveal())));
    }

    /** Exchanges a code, which works once, for the first tokens. */
    OAuthGrant exchange(Secret clientId, Secret clientSecret, Secret code, String redirectUri) {
        return grant(clientId, clientSecret, List.of(new BasicNameValuePair("grant_type", "authorization_code"),
                new BasicNameValuePair("code", code.reveal()),
                new BasicNameValuePair("redirect_uri", redirectUri)));
    }

    private OAuthGrant grant(Secret clientId, Secret clientSecret, List<BasicNameValuePair> asked) {
        List<BasicNameValuePair> form = new ArrayList<>(asked);
        form.add(new BasicNameValuePair("client_id", clientId.reveal()));
        form.add(new BasicNameValuePair("client_secret", clientSecret.reveal()));
        HttpPost post = new HttpPost(address);
        post.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        OAuthAnswer answer = send(post);
        // RFC 6749 section 5.2: an unusable grant or client is a 400 or a 401.
        if (answer.status() == 400 || answer.status() == 401) {
            throw new SyncException(TokenErrorCode.OAUTH_REFUSED);
        }
        return grant(answer.body());
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }

    private record OAuthAnswer(int status, ObjectNode body) {}

    private OAuthAnswer send(HttpPost post) {
        try {
            return client.execute(post, this::read);
        } catch (IOException | SyncException unclear) {
            throw new SyncException(TokenErrorCode.OAUTH_UNAVAILABLE);
        }
    }

    private OAuthAnswer read(ClassicHttpResponse answer) throws IOException {
        boolean success = answer.getCode() == 200 && answer.getEntity() != null;
        return new OAuthAnswer(answer.getCode(), success
                ? PageReader.readRecord(answer.getEntity().getContent(), TOKEN_PATH, LIMITS, Deadline.in(totalTime))
                : null);
    }

    private static OAuthGrant grant(ObjectNode body) {
        if (body == null || !body.path("access_token").isTextual()) {
            throw new SyncException(TokenErrorCode.OAUTH_UNAVAILABLE);
        }
        long seconds = Math.max(0, body.path("expires_in").asLong(USUAL_SECONDS));
        return new OAuthGrant(
                Secret.of(body.path("access_token").textValue()),
                Optional.ofNullable(body.path("refresh_token").textValue()).filter(text -> !text.isBlank())
                        .map(Secret::of),
                Duration.ofSeconds(Math.min(seconds, 10 * USUAL_SECONDS)));
    }
}
