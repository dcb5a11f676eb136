package fr.pennylanesync.camel;

import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Makes {@code direct:} of the jobs lead to the routes in force: those are in another context, in a new one after each
 * change.
 */
final class ForwardedDirect extends DefaultComponent {

    private final BiConsumer<String, Exchange> forward;

    /** @param forward runs the step of that name, whichever set of routes is in force */
    ForwardedDirect(BiConsumer<String, Exchange> forward) {
        this.forward = forward;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        forward.accept(remaining, exchange);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("a job does not start at direct:");
            }
        };
    }
}
