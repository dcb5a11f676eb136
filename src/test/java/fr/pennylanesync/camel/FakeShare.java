package fr.pennylanesync.camel;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.share.ShareErrorCode;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands where the steps of a partition do, and where its statements are answered. */
public final class FakeShare {

    private final StepCalls calls;
    int batches = 1;
    private int taken;
    private int readings;

    FakeShare(StepCalls calls) {
        this.calls = calls;
    }

    /** Becomes as it was made, before the next test over the same routes. */
    void clear() {
        batches = 1;
        taken = 0;
        readings = 0;
    }

    public String open(Exchange exchange) {
        calls.call("open");
        taken = 0;
        lane(exchange).batchReady = false;
        lane(exchange).hasRows = true;
        return exchange.getVariable(Variables.SNAPSHOT) == null ? "outside" : "digest";
    }

    public String expect(Exchange exchange) {
        calls.call("expect " + exchange.getMessage().getBody());
        return "rows";
    }

    public String repeatedIds() {
        calls.call("repeatedIds");
        return "ids";
    }

    public String apart(Exchange exchange) {
        calls.call("apart " + exchange.getMessage().getBody());
        return "rows";
    }

    public void rows(Exchange exchange) {
        calls.call("take " + exchange.getMessage().getBody());
    }

    public void takeRows(Exchange exchange) {
        calls.call("takeRows");
        lane(exchange).hasRows = taken++ < batches;
        lane(exchange).batchReady = lane(exchange).hasRows;
    }

    public void close() {
        calls.call("close");
    }

    public void readAgainOrSetAside() {
        calls.call("readAgainOrSetAside");
        if (readings++ == 0) {
            throw new SyncException(ShareErrorCode.SHARE_DIGEST_DIFFERS);
        }
    }

    private static FakeLane lane(Exchange exchange) {
        return exchange.getVariable(Variables.LANE, FakeLane.class);
    }

    /** Answers each statement with its name. */
    Component statements() {
        return new DefaultComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options) {
                String kind = Optional.ofNullable(options.get("outputType")).map(Object::toString).orElse("none");
                options.clear();
                return new DefaultEndpoint(uri, this) {
                    @Override
                    public DefaultProducer createProducer() {
                        return answering(this, remaining, kind);
                    }

                    @Override
                    public Consumer createConsumer(Processor processor) {
                        throw new UnsupportedOperationException("statements are sent");
                    }
                };
            }
        };
    }

    private DefaultProducer answering(Endpoint endpoint, String source, String kind) {
        return new DefaultProducer(endpoint) {
            @Override
            public void process(Exchange exchange) {
                String statement = exchange.getMessage().getBody(String.class);
                calls.call(statement + " of " + source + " as " + kind);
                exchange.getMessage().setBody("the " + statement);
            }
        };
    }
}
