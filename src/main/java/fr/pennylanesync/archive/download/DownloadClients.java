package fr.pennylanesync.archive.download;

import fr.pennylanesync.api.HttpConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Two clients: one for https to public addresses, one for the configured sandbox alone. Neither knows a proxy, a cookie
 * or a login.
 */
final class DownloadClients implements AutoCloseable {

    private static final String PENNYLANE = "pennylane.com";
    private static final int PORT_MAX = 65_535;

    private final Optional<URI> sandbox;
    private final CloseableHttpClient publicHosts;
    private final CloseableHttpClient sandboxHost;

    DownloadClients(DownloadLimits limits, Optional<URI> sandbox, int connections) {
        this.sandbox = sandbox;
        this.publicHosts = client(limits, new PublicResolver(), connections);
        this.sandboxHost = client(limits, SystemDefaultDnsResolver.INSTANCE, connections);
    }

    /** The client that may ask for this URL; empty where none may. */
    Optional<CloseableHttpClient> forUrl(URI url) {
        if (isUnsafe(url)) {
            return Optional.empty();
        }
        if (sandbox.filter(own -> sameOrigin(own, url)).isPresent()) {
            return Optional.of(sandboxHost);
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? Optional.of(publicHosts) : Optional.empty();
    }

    /**
     * Pennylane's documentation shows links to its own host with http, those of attachments: they are asked for over
     * https.
     */
    static URI overHttps(URI url) {
        boolean plain = "http".equalsIgnoreCase(url.getScheme()) && url.getPort() == -1 && !isUnsafe(url)
                && (url.getHost().equalsIgnoreCase(PENNYLANE)
                        || url.getHost().toLowerCase(Locale.ROOT).endsWith("." + PENNYLANE));
        return plain ? URI.create("https" + url.toString().substring("http".length())) : url;
    }

    /** Java's class takes any number for a port, which the client would refuse with an exception. */
    static boolean isUnsafe(URI url) {
        return url.getHost() == null || url.getRawUserInfo() != null || url.getPort() > PORT_MAX;
    }

    private static boolean sameOrigin(URI own, URI url) {
        return own.getScheme().equalsIgnoreCase(url.getScheme()) && own.getHost().equalsIgnoreCase(url.getHost())
                && own.getPort() == url.getPort();
    }

    private static CloseableHttpClient client(DownloadLimits limits, DnsResolver resolver, int connections) {
        Timeout silence = Timeout.of(limits.silence());
        ConnectionConfig connection = ConnectionConfig.custom().setConnectTimeout(Timeout.of(limits.connect()))
                .setSocketTimeout(silence).build();
        RequestConfig request = RequestConfig.custom().setResponseTimeout(silence)
                .setConnectionRequestTimeout(Timeout.of(limits.total()))
                .setRedirectsEnabled(false).setAuthenticationEnabled(false).build();
        return HttpClients.custom()
                .setConnectionManager(new HttpConnections(pool -> pool.setDnsResolver(resolver)
                        .setMaxConnTotal(connections).setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(connection)
                        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(silence).build())))
                .setDefaultRequestConfig(request).disableRedirectHandling().disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching().disableAutomaticRetries().setUserAgent("pennylane-sync").build();
    }

    @Override
    public void close() {
        try (publicHosts; sandboxHost) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
