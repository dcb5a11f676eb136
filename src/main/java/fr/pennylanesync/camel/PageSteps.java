package fr.pennylanesync.camel;

import fr.pennylanesync.api.Deadline;
import fr.pennylanesync.api.ErrorAnswer;
import fr.pennylanesync.api.HttpFailures;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.RateHeaders;
import fr.pennylanesync.api.ReadLimits;
import fr.pennylanesync.api.SyncHeaders;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.pass.OpenRead;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the route {@code read-page} calls around its HTTP step. The only place that binds a request to a company. */
public final class PageSteps {

    private static final int STATUS_OK = 200;

    private final ReadLimits limits;
    private final Duration totalTimeout;

    public PageSteps(ReadLimits limits, Duration totalTimeout) {
        this.limits = limits;
        this.totalTimeout = totalTimeout;
    }

    /** Makes the message the pass's next request; whatever headers it had are gone. */
    public void request(Exchange exchange) {
        OpenRead pass = Variables.read(exchange);
        if (pass.isBatchReady()) {
            pass.restartBatch();
        }
        PageRequest request = pass.request();
        Message message = exchange.getMessage();
        message.removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        message.setBody(null);
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_PATH, request.path());
        message.setHeader(Exchange.HTTP_QUERY, request.query());
        message.setHeader(SyncHeaders.COMPANY, pass.companyId());
        message.setHeader(SyncHeaders.PRIORITY, pass.priority().name());
    }

    /** Reads the answer and offers it to the pass. */
    public void answer(Exchange exchange) throws IOException {
        OpenRead pass = Variables.read(exchange);
        PageRequest request = pass.request();
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = body(message)) {
            if (status == STATUS_OK) {
                pass.offer(pass.read(body, limits, Deadline.in(totalTimeout)));
                return;
            }
            SyncException failure = HttpFailures.of(new ErrorAnswer(request.path(), status, request.cursor().isPresent(),
                    RateHeaders.read(name -> message.getHeader(name, String.class)).retryAfter(), body.readNBytes(ErrorAnswer.BODY_LIMIT)));
            if (!pass.endures(failure)) {
                throw failure;
            }
        } finally {
            message.setBody(null);
            message.removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        }
    }

    private static InputStream body(Message message) {
        InputStream body = message.getBody(InputStream.class);
        return body == null ? InputStream.nullInputStream() : body;
    }
}
