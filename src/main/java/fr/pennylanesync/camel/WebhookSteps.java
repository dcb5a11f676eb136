package fr.pennylanesync.camel;

import fr.pennylanesync.alarm.AlarmErrorCode;
import fr.pennylanesync.alarm.WebhookHttp;
import fr.pennylanesync.failure.SyncException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.main.Main;

/**
 * Gives the step {@code send-alarm} the address of {@code alarms.webhook}. The address is a secret: it stands in no
 * endpoint, whose name Camel would tell, but in a header that is set right before the call.
 */
public final class WebhookSteps {

    private static final int OK_MIN = 200;
    private static final int OK_MAX = 299;

    private final Optional<String> url;

    /** @param url of the webhook; empty: none is told */
    public WebhookSteps(Optional<String> url) {
        this.url = url;
    }

    void bind(Main main) {
        main.bind("webhook", this);
        main.bind("webhookHttp", (HttpClientConfigurer) WebhookHttp::configure);
    }

    /** Tells whether there is a webhook. */
    public boolean isConfigured() {
        return url.isPresent();
    }

    /** Addresses the body, which is JSON, to the webhook. */
    public void address(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(HttpConstants.HTTP_METHOD, "POST");
        message.setHeader(HttpConstants.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setHeader(HttpConstants.HTTP_URI, url.orElseThrow());
    }

    /** @throws SyncException WEBHOOK_REFUSED unless the answer says that the message was taken */
    public void accepted(Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        if (status == null || status < OK_MIN || status > OK_MAX) {
            throw new SyncException(AlarmErrorCode.WEBHOOK_REFUSED, "status " + status);
        }
    }
}
