package fr.pennylanesync.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateHeaders;
import fr.pennylanesync.api.page.Deadline;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.api.page.TransportFailures;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;

/** A small client over the same transport, for what is asked outside a route, such as {@code /me}. */
public final class ApiClient implements AutoCloseable {

    private final ApiBase base;
    private final HttpSettings settings;
    private final PennylaneTransport transport;
    private final CloseableHttpClient client;

    /** The client owns the transport and closes it. */
    public ApiClient(ApiBase base, HttpSettings settings, PennylaneTransport transport) {
        this.base = base;
        this.settings = settings;
        this.transport = transport;
        this.client = PennylaneHttp.configure(HttpClientBuilder.create(), settings, transport).build();
    }

    /** One page, read but not yet checked against its request. */
    public Page page(long companyId, Priority priority, PageRequest request) {
        String address = request.path() + "?" + request.query();
        boolean cursorSent = request.cursor().isPresent();
        return get(companyId, priority, address, cursorSent,
                body -> PageReader.read(body, request.path(), ReadLimits.DEFAULT, deadline()));
    }

    /** One record, such as {@code /customers/42} or {@code /me}. */
    public ObjectNode record(long companyId, Priority priority, String path) {
        return get(companyId, priority, path, false,
                body -> PageReader.readRecord(body, path, ReadLimits.DEFAULT, deadline()));
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
        transport.close();
    }

    private interface BodyReader<T> {
        T read(InputStream body);
    }

    private <T> T get(long companyId, Priority priority, String address, boolean cursorSent, BodyReader<T> reader) {
        HttpGet get = new HttpGet(base.resolve(address));
        get.setHeader(SyncHeaders.COMPANY, Long.toString(companyId));
        get.setHeader(SyncHeaders.PRIORITY, priority.name());
        get.setHeader("Accept", "application/json");
        String path = address.split("\\?", 2)[0];
        try {
            return client.execute(get, answer -> {
                if (answer.getCode() != 200) {
                    throw HttpFailures.of(errorAnswer(answer, path, cursorSent));
                }
                return reader.read(body(answer));
            });
        } catch (IOException broken) {
            throw TransportFailures.of(broken, path);
        }
    }

    private Deadline deadline() {
        return Deadline.in(settings.totalTime());
    }

    private static ErrorAnswer errorAnswer(ClassicHttpResponse answer, String path, boolean cursorSent)
            throws IOException {
        Optional<Duration> retryAfter = RateHeaders.read(name -> {
            Header header = answer.getFirstHeader(name);
            return header == null ? null : header.getValue();
        }).retryAfter();
        byte[] start = body(answer).readNBytes(ErrorAnswer.BODY_LIMIT);
        return new ErrorAnswer(path, answer.getCode(), cursorSent, retryAfter, start);
    }

    private static InputStream body(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }
}
