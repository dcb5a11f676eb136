package fr.pennylanesync.api;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections of one HTTP client: a pool of its own, which reads no endless header and is made anew when the client
 * has shut it down. HttpClient shuts its pool down when any {@link Error} passes through a request, and would refuse
 * every later request of every company.
 */
public final class HttpConnections implements HttpClientConnectionManager {

    /** A line is a status, a header or the size of a chunk: common servers send at most 8 KiB. */
    static final int MAX_LINE_LENGTH = 64 * 1024;
    static final int MAX_HEADER_COUNT = 500;

    private static final Http1Config LIMITS = Http1Config.custom().setMaxLineLength(MAX_LINE_LENGTH)
            .setMaxHeaderCount(MAX_HEADER_COUNT).build();

    private final UnaryOperator<PoolingHttpClientConnectionManagerBuilder> settings;
    private final Map<ConnectionEndpoint, PoolingHttpClientConnectionManager> owners = new ConcurrentHashMap<>();
    private PoolingHttpClientConnectionManager pool;
    private boolean closed;

    /** @param settings completes the builder of each pool: its limits, its resolver */
    public HttpConnections(UnaryOperator<PoolingHttpClientConnectionManagerBuilder> settings) {
        this.settings = settings;
        this.pool = open();
    }

    private PoolingHttpClientConnectionManager open() {
        return settings.apply(PoolingHttpClientConnectionManagerBuilder.create()).setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(LIMITS).build()).build();
    }

    private synchronized PoolingHttpClientConnectionManager pool() {
        if (pool.isClosed() && !closed) {
            pool = open();
        }
        return pool;
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, Object state) {
        PoolingHttpClientConnectionManager owner = pool();
        return new OwnedLease(owner, owner.lease(id, route, timeout, state));
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue timeout, HttpContext context) throws IOException {
        owners.get(endpoint).connect(endpoint, timeout, context);
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        owners.get(endpoint).upgrade(endpoint, context);
    }

    /** A connection goes back to the pool that it came from: a later pool does not know it. */
    @Override
    public void release(ConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
        PoolingHttpClientConnectionManager owner = owners.remove(endpoint);
        if (owner == null || owner.isClosed()) {
            endpoint.close(CloseMode.IMMEDIATE);
        } else {
            owner.release(endpoint, state, keepAlive);
        }
    }

    /** HttpClient closes gracefully when it is closed itself, and immediately when an error passes through it. */
    @Override
    public synchronized void close(CloseMode mode) {
        closed |= mode == CloseMode.GRACEFUL;
        pool.close(mode);
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    /** A request for a connection, which notes whose it is. */
    private final class OwnedLease implements LeaseRequest {

        private final PoolingHttpClientConnectionManager owner;
        private final LeaseRequest request;

        private OwnedLease(PoolingHttpClientConnectionManager owner, LeaseRequest request) {
            this.owner = owner;
            this.request = request;
        }

        @Override
        public ConnectionEndpoint get(Timeout timeout)
                throws InterruptedException, java.util.concurrent.ExecutionException, TimeoutException {
            ConnectionEndpoint endpoint = request.get(timeout);
            owners.put(endpoint, owner);
            return endpoint;
        }

        @Override
        public boolean cancel() {
            return request.cancel();
        }
    }
}
