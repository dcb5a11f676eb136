package fr.pennylanesync.archive.download;

import static fr.pennylanesync.archive.download.DownloadCode.ADDRESS_NOT_PUBLIC;
import static fr.pennylanesync.archive.download.DownloadCode.CLIENT_REFUSED;
import static fr.pennylanesync.archive.download.DownloadCode.HEADERS_TOO_LARGE;
import static fr.pennylanesync.archive.download.DownloadCode.HOST_UNKNOWN;
import static fr.pennylanesync.archive.download.DownloadCode.NOT_HTTPS;
import static fr.pennylanesync.archive.download.DownloadCode.NO_CONNECTION;
import static fr.pennylanesync.archive.download.DownloadCode.SILENT;
import static fr.pennylanesync.archive.download.DownloadCode.STATUS_UNEXPECTED;
import static fr.pennylanesync.archive.download.DownloadCode.TIME_EXCEEDED;
import static fr.pennylanesync.archive.download.DownloadCode.TLS_FAILED;
import static fr.pennylanesync.archive.download.DownloadCode.TOO_MANY_REDIRECTS;
import static fr.pennylanesync.archive.download.DownloadCode.TRUNCATED;
import static fr.pennylanesync.archive.download.DownloadCode.URL_STALE;
import static fr.pennylanesync.archive.download.DownloadCode.URL_UNSAFE;

import fr.pennylanesync.archive.download.DownloadOutcome.Damaged;
import fr.pennylanesync.archive.download.DownloadOutcome.DownloadRefused;
import fr.pennylanesync.archive.download.DownloadOutcome.DownloadUnavailable;
import fr.pennylanesync.archive.download.DownloadOutcome.Stale;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Fetches files from the URLs that Pennylane hands out, which may lead anywhere: only over https, only from public
 * addresses, without token or cookies, within limits, into a temporary file. No outcome, exception or log line holds a
 * URL.
 */
public final class FileDownload implements AutoCloseable {

    private static final int REDIRECTS_MAX = 3;
    private static final int OK = 200;
    private static final int SHORT_BYTES = 16 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Google's and Amazon's stores say 400 and 403 of an address that has expired. */
    private static final Set<Integer> NO_LONGER_GOOD = Set.of(400, 401, 403, 404, 410);

    private final DownloadClients clients;
    private final DownloadLimits limits;
    private final DownloadFolder folder;
    private final ScheduledExecutorService clock = FatalErrors.scheduler(1, "download-limit");

    /**
     * @param folder for temporary files; made when missing
     * @param sandbox the configured Pennylane, where it is not the real one: files of the same host and port may come
     * over http and from any address
     * @param connections downloads at the same time
     */
    public FileDownload(Path folder, DownloadLimits limits, Optional<URI> sandbox, int connections) {
        this.folder = new DownloadFolder(folder);
        this.limits = limits;
        this.clients = new DownloadClients(limits, sandbox, connections);
    }

    /**
     * Receives a file, whatever it may be: {@link ContentCheck} looks at it afterwards. What the client throws at a URL
     * that nobody thought of is an outcome of this file, so that the others of its stream go on.
     *
     * @throws SyncException if the local disk does not take the file
     */
    public DownloadOutcome fetch(URI url) {
        try {
            return follow(url);
        } catch (SyncException failure) {
            throw failure;
        } catch (RuntimeException refused) {
            if (clock.isShutdown()) {
                throw refused;
            }
            return new DownloadRefused(CLIENT_REFUSED);
        }
    }

    private DownloadOutcome follow(URI url) {
        long deadline = System.nanoTime() + limits.total().toNanos();
        URI next = DownloadClients.overHttps(url);
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            Optional<CloseableHttpClient> client = clients.forUrl(next);
            if (client.isEmpty()) {
                return new DownloadRefused(DownloadClients.isUnsafe(next) ? URL_UNSAFE : NOT_HTTPS);
            }
            DownloadStep step = get(client.get(), next, deadline);
            if (step.outcome().isPresent()) {
                return step.outcome().get();
            }
            if (step.redirect().isEmpty()) {
                return new DownloadRefused(URL_UNSAFE);
            }
            next = step.redirect().get();
        }
        return new DownloadRefused(TOO_MANY_REDIRECTS);
    }

    /** One answer: an end, or where to go on. */
    private record DownloadStep(Optional<DownloadOutcome> outcome, Optional<URI> redirect) {

        static DownloadStep end(DownloadOutcome outcome) {
            return new DownloadStep(Optional.of(outcome), Optional.empty());
        }
    }

    private DownloadStep get(CloseableHttpClient client, URI url, long deadline) {
        HttpGet request = new HttpGet(url);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        request.setHeader(HttpHeaders.ACCEPT, "*/*");
        Future<?> end =
                clock.schedule(request::cancel, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        try {
            return step(url, client.executeOpen(null, request, null));
        } catch (IOException failure) {
            return DownloadStep
                    .end(System.nanoTime() >= deadline ? new DownloadUnavailable(TIME_EXCEEDED) : outcome(failure));
        } finally {
            end.cancel(false);
            // Closing the answer instead would first read what is left of it, and that may be anything. Read to its
            // end, its
            // connection is with the pool again and this does nothing.
            request.cancel();
        }
    }

    private DownloadStep step(URI url, ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        if (status == OK) {
            return DownloadStep.end(folder.receive(answer, limits.sizeBytes()));
        }
        if (REDIRECTS.contains(status)) {
            readShort(answer.getEntity());
            return new DownloadStep(Optional.empty(), target(url, answer));
        }
        return DownloadStep.end(
                NO_LONGER_GOOD.contains(status) ? new Stale(URL_STALE) : new DownloadUnavailable(STATUS_UNEXPECTED));
    }

    /** A short body read to its end leaves the connection to the next request. */
    private static void readShort(HttpEntity body) throws IOException {
        if (body != null && body.getContentLength() >= 0 && body.getContentLength() <= SHORT_BYTES) {
            EntityUtils.consume(body);
        }
    }

    private static Optional<URI> target(URI url, ClassicHttpResponse answer) {
        return Optional.ofNullable(answer.getFirstHeader(HttpHeaders.LOCATION)).flatMap(header -> {
            try {
                return Optional.of(url.resolve(header.getValue()));
            } catch (IllegalArgumentException noUrl) {
                return Optional.empty();
            }
        });
    }

    /** Foreign exceptions go no further: their messages quote hosts and addresses. */
    private static DownloadOutcome outcome(IOException failure) {
        if (failure instanceof PublicResolver.NotPublic) {
            return new DownloadRefused(ADDRESS_NOT_PUBLIC);
        }
        if (failure instanceof ConnectionClosedException) {
            return new Damaged(TRUNCATED);
        }
        if (failure instanceof MessageConstraintException) {
            return new DownloadUnavailable(HEADERS_TOO_LARGE);
        }
        if (failure instanceof UnknownHostException) {
            return new DownloadUnavailable(HOST_UNKNOWN);
        }
        if (failure instanceof SSLException) {
            return new DownloadUnavailable(TLS_FAILED);
        }
        return new DownloadUnavailable(failure instanceof InterruptedIOException ? SILENT : NO_CONNECTION);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clients.close();
    }
}
