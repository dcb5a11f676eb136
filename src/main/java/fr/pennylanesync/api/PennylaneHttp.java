package fr.pennylanesync.api;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes any HTTP client builder a client of Pennylane: the same chain serves the routes and the commands.
 *
 * <p>Switched off, because each would act behind the transport's back: redirects (they would carry the token away),
 * automatic retries (they would not ask the budget), cookies, cached authentication.
 */
public final class PennylaneHttp {

    /** The process number tells two nodes of one company apart, in Pennylane's logs too. */
    private static final String AGENT = "pennylane-sync (process " + ProcessHandle.current().pid() + ")";
    private static final Duration CHECK_IDLE_CONNECTION_AFTER = Duration.ofSeconds(2);

    private PennylaneHttp() {}

    public static HttpClientBuilder configure(
            HttpClientBuilder builder, HttpSettings settings, PennylaneTransport transport) {
        return builder
                .setConnectionManager(connections(settings))
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(requests(settings))
                .setUserAgent(AGENT)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("pennylane", transport);
    }

    private static HttpClientConnectionManager connections(HttpSettings settings) {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(timeout(settings.connectTimeout()))
                .setSocketTimeout(timeout(settings.silenceTimeout()))
                .setTimeToLive(TimeValue.of(settings.connectionLifetime()))
                .setValidateAfterInactivity(TimeValue.of(CHECK_IDLE_CONNECTION_AFTER))
                .build();
        // One host only, so the limits per route and in total are the same.
        return new HttpConnections(pool -> pool
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.connections())
                .setDefaultConnectionConfig(connection));
    }

    private static RequestConfig requests(HttpSettings settings) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(settings.leaseTimeout()))
                .setResponseTimeout(timeout(settings.silenceTimeout()))
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }
}
