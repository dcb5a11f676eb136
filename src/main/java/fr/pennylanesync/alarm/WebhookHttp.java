package fr.pennylanesync.alarm;

import fr.pennylanesync.failure.FatalErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes any HTTP client builder one that tells of alarms. Everything is bounded: connecting, silence, and the whole
 * request. Nothing is repeated here, because each repetition is to be kept; and no redirect is followed, because the
 * address is a secret that belongs to one host.
 */
public final class WebhookHttp {

    /** Is far below the time for which a message is claimed. */
    private static final Duration TOTAL = Duration.ofSeconds(20);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final ScheduledExecutorService TIMER = FatalErrors.scheduler(1, "webhook-total-time");

    private WebhookHttp() {}

    public static HttpClientBuilder configure(HttpClientBuilder builder) {
        return builder
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(SILENCE)
                                .setSocketTimeout(SILENCE).build())
                        .build())
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE).setRedirectsEnabled(false).build())
                .setUserAgent("pennylane-sync")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("total-time", WebhookHttp::bounded);
    }

    private static ClassicHttpResponse bounded(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Future<?> end = TIMER.schedule(scope.execRuntime::discardEndpoint, TOTAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return chain.proceed(request, scope);
        } finally {
            end.cancel(false);
        }
    }
}
