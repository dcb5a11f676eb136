package fr.pennylanesync.console.web;

import com.google.common.net.InetAddresses;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/** Tells where a request comes from: by its address, and by what a browser says of the page that sent it. */
final class Senders {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private Senders() {}

    static String address(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress().hostAddress()).orElse("");
    }

    /** Tells whether it was sent on this machine. */
    static boolean isLocal(HttpServerRequest request) {
        String address = address(request);
        return InetAddresses.isInetAddress(address) && InetAddresses.forString(address).isLoopbackAddress();
    }

    /** Tells whether it names this machine: a page of another site, whose name leads here, does not. */
    static boolean isAddressedLocally(HttpServerRequest request) {
        return LOOPBACK_NAMES.contains(host(request).replaceFirst(":\\d+$", ""));
    }

    /** Tells whether somebody forwarded it, so that its address says nothing of who asks. */
    static boolean isForwarded(HttpServerRequest request) {
        return Set.of("Forwarded", "X-Forwarded-For", "Via").stream().anyMatch(request.headers()::contains);
    }

    /** Tells whether a page of ours sent it, as far as the browser says. */
    static boolean isOwn(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean sameSite = site == null || site.equals("same-origin") || site.equals("none");
        boolean sameOrigin = origin == null || origin.replaceFirst("^https?://", "").equals(host(request));
        return sameSite && sameOrigin;
    }

    private static String host(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Host")).orElse("");
    }
}
