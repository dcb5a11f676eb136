package fr.pennylanesync.camel;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.ErrorAnswer;
import fr.pennylanesync.api.HttpFailures;
import fr.pennylanesync.api.SyncHeaders;
import fr.pennylanesync.api.budget.RateHeaders;
import fr.pennylanesync.api.page.BoundedStream;
import fr.pennylanesync.api.page.Deadline;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.pass.PagedRead;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Gives the route {@code read-page} the steps around its HTTP step. It is the only place that binds a request to a
 * company.
 */
public final class PageSteps {

    private static final String ANSWER = "PageAnswer";

    private final ReadLimits limits;
    private final Duration totalTimeout;

    /**
     * Makes the steps.
     *
     * @param limits how much of an answer is read
     * @param totalTimeout after which the rest of an answer is no longer wanted
     */
    public PageSteps(ReadLimits limits, Duration totalTimeout) {
        this.limits = limits;
        this.totalTimeout = totalTimeout;
    }

    /** Makes the message the next request of the lane; whatever headers it had are gone. */
    public void request(Exchange exchange) {
        PagedRead read = Variables.pagedRead(exchange);
        if (read.isBatchReady()) {
            read.restartBatch();
        }
        PageRequest request = read.request();
        Message message = exchange.getMessage();
        message.removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        message.setBody(read.body().orElse(null));
        message.setHeader(Exchange.HTTP_METHOD, read.body().isPresent() ? "POST" : "GET");
        read.body().ifPresent(json -> message.setHeader(Exchange.CONTENT_TYPE, "application/json"));
        message.setHeader(Exchange.HTTP_PATH, request.path());
        message.setHeader(Exchange.HTTP_QUERY, request.query());
        message.setHeader(SyncHeaders.COMPANY, read.companyId());
        message.setHeader(SyncHeaders.PRIORITY, read.priority().name());
    }

    /** Bounds the answer by size, memory and time: one that is larger or slower is a failure with a name. */
    public InputStream limit(Exchange exchange) {
        BoundedStream bounded = new BoundedStream(body(exchange), path(exchange), limits, Deadline.in(totalTimeout));
        exchange.setProperty(ANSWER, bounded);
        return bounded;
    }

    /** Lets other answers have the memory that this one needed while it was parsed. */
    public void parsed(Exchange exchange) {
        if (exchange.removeProperty(ANSWER) instanceof BoundedStream answer) {
            answer.release();
        }
    }

    /** @throws SyncException NOT_JSON or JSON_LIMIT_EXCEEDED, always */
    public void unreadable(Exchange exchange) {
        throw PageReader.unreadable(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class), path(exchange));
    }

    /** @throws SyncException if the answer is not the documented envelope */
    public Object envelope(Exchange exchange) {
        return Variables.pagedRead(exchange).read(exchange.getMessage().getBody(JsonNode.class));
    }

    /** @throws SyncException if the lane does not go on without the answer */
    public void refusal(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        try (InputStream body = body(exchange)) {
            SyncException failure = HttpFailures.of(
                    new ErrorAnswer(path(exchange), message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
                            Variables.pagedRead(exchange).request().cursor().isPresent(),
                            RateHeaders.read(name -> message.getHeader(name, String.class)).retryAfter(),
                            body.readNBytes(ErrorAnswer.BODY_LIMIT)));
            if (!Variables.pagedRead(exchange).tolerates(failure)) {
                throw failure;
            }
        } finally {
            message.setBody(null);
        }
    }

    private static String path(Exchange exchange) {
        return Variables.pagedRead(exchange).request().path();
    }

    private static InputStream body(Exchange exchange) {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        return body == null ? InputStream.nullInputStream() : body;
    }
}
