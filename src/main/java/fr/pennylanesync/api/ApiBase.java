package fr.pennylanesync.api;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.SyncException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;

/**
 * The one place to which tokens may go: scheme, host, port and path prefix of {@code pennylane.base-url}.
 *
 * <p>Plain http is taken for this machine only (the sandbox): anywhere else a token would travel in the clear.
 *
 * @param host where
 * @param prefix the path below which everything lies, without a slash at its end
 */
public record ApiBase(HttpHost host, String prefix) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Pattern PLAIN_PATH = Pattern.compile("(/(?!\\.{1,2}(?:/|$))[A-Za-z0-9_.-]+)+");
    private static final Pattern PREFIX = Pattern.compile("|" + PLAIN_PATH.pattern());

    public ApiBase {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "pennylane.base-url has a path without . or .. and without a slash at its end");
        }
        boolean secure = host.getSchemeName().equals("https") || THIS_MACHINE.contains(host.getHostName());
        if (!secure) {
            throw new IllegalArgumentException("pennylane.base-url must be https: http is for this machine only");
        }
    }

    public static ApiBase of(URI url) {
        boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null
                && url.getRawFragment() == null && Set.of("http", "https").contains(String.valueOf(url.getScheme()));
        if (!plain) {
            throw new IllegalArgumentException("pennylane.base-url is http(s)://host[:port]/path and nothing more");
        }
        String path = url.getRawPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new ApiBase(normal(new HttpHost(url.getScheme(), url.getHost(), url.getPort())), prefix);
    }

    /** The full address of a path below the base. */
    public URI resolve(String pathAndQuery) {
        return URI.create(host.toURI() + prefix + pathAndQuery);
    }

    /**
     * The path of a request below the base, without its query.
     *
     * @throws SyncException OUTSIDE_BASE_URL when the request would go anywhere else
     */
    String pathOf(ClassicHttpRequest request, HttpRoute route) {
        String path = request.getPath() == null ? "" : request.getPath().split("\\?", 2)[0];
        boolean below = path.startsWith(prefix + "/");
        String rest = below ? path.substring(prefix.length()) : "";
        if (!PLAIN_PATH.matcher(rest).matches() || !goesToHost(request, route)) {
            throw FailureFacts.at("(elsewhere)").failure(ApiErrorCode.OUTSIDE_BASE_URL);
        }
        return rest;
    }

    private boolean goesToHost(ClassicHttpRequest request, HttpRoute route) {
        URIAuthority authority = request.getAuthority();
        boolean named = authority != null && authority.getUserInfo() == null
                && normal(new HttpHost(request.getScheme(), authority.getHostName(), authority.getPort())).equals(host);
        return named && normal(route.getTargetHost()).equals(host) && hostHeaderAgrees(request);
    }

    private boolean hostHeaderAgrees(ClassicHttpRequest request) {
        for (Header header : request.getHeaders(HttpHeaders.HOST)) {
            String value = header.getValue().toLowerCase(Locale.ROOT);
            if (!value.equals(host.toHostString()) && !value.equals(host.getHostName())) {
                return false;
            }
        }
        return true;
    }

    private static HttpHost normal(HttpHost host) {
        int standard = "https".equals(host.getSchemeName()) ? 443 : 80;
        int port = host.getPort() < 0 ? standard : host.getPort();
        return new HttpHost(host.getSchemeName(), host.getHostName().toLowerCase(Locale.ROOT), port);
    }
}
