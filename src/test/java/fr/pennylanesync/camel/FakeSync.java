package fr.pennylanesync.camel;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Stands where the steps of a stream do. Whether a lane goes on is decided by the real ones. */
public final class FakeSync {

    /** A pass of some lanes. */
    public record FakePass(List<FakeLane> all) implements Pass {

        @Override
        public StreamDefinition stream() {
            return FakeLane.QUOTES;
        }

        @Override
        public Checkpoint checkpoint() {
            return all.get(0).checkpoint();
        }

        @Override
        public boolean isUnfinished() {
            return all.stream().anyMatch(FakeLane::isUnfinished);
        }

        @Override
        public boolean isResumable() {
            return all.get(0).isResumable();
        }

        @Override
        public List<Lane> lanes() {
            return List.copyOf(all);
        }
    }

    /** Passes that are due. */
    public static final class FakePlan {

        private int left;

        FakePlan(int passes) {
            this.left = passes;
        }

        public boolean isDue() {
            return left > 0;
        }

        void done() {
            left--;
        }
    }

    private final StepCalls calls;
    private final SyncSteps real;
    private final StreamAssignment assignment;
    List<FakeLane> lanes = List.of();
    Map<String, List<String>> children = Map.of();
    List<?> rows = List.of("a", "b", "c");
    int pagesOfABatch = 1;
    /** How many failures are the fault of single items. */
    int isolating;
    private int pages;
    private volatile boolean failed;

    FakeSync(StepCalls calls, StreamAssignment assignment) {
        this.calls = calls;
        this.assignment = assignment;
        this.real = new SyncSteps(
                new SyncSteps.SyncStepDependencies(catalog -> null, null, null, null, null, new Outages()),
                null,
                assignment);
    }

    /** Becomes as it was made, before the next test over the same routes. */
    void clear() {
        lanes = List.of();
        children = Map.of();
        rows = List.of("a", "b", "c");
        pagesOfABatch = 1;
        isolating = 0;
        pages = 0;
        failed = false;
    }

    public void plan(Exchange exchange) {
        calls.call("plan " + Variables.streamName(exchange));
        exchange.setVariable(Variables.PLAN, new FakePlan(2));
    }

    public List<String> children(Exchange exchange) {
        calls.call("children " + Variables.streamName(exchange));
        return children.getOrDefault(Variables.streamName(exchange), List.of());
    }

    public void open(Exchange exchange) {
        calls.call("open");
        exchange.setVariable(Variables.PASS, new FakePass(lanes));
    }

    public boolean hasNext(Exchange exchange) {
        Pass pass = Variables.pass(exchange);
        return !failed && pass.isUnfinished() && assignment.mayContinue(pass.stream().name(), pass.isResumable());
    }

    public boolean laneHasNext(Exchange exchange) {
        return real.laneHasNext(exchange);
    }

    public void checkPage(Exchange exchange) {
        calls.call("checkPage");
        exchange.getMessage().setBody(rows);
    }

    public String hashRecord(Exchange exchange) {
        String row = exchange.getMessage().getBody(String.class);
        calls.call("hash " + row);
        return "#" + row;
    }

    public void takePage(Exchange exchange) {
        calls.call("takePage " + List.copyOf(exchange.getMessage().getBody(List.class)));
        lane(exchange).batchReady = ++pages % pagesOfABatch == 0;
    }

    public void advance(Exchange exchange) {
        calls.call("advance");
        lane(exchange).landed(Optional.empty());
    }

    public void close() {
        calls.call("close");
    }

    public void setAside() {
        calls.call("set batch aside");
    }

    public boolean isolates(Exchange exchange) {
        return isolating > 0;
    }

    public void isolate(Exchange exchange) {
        calls.call("isolate");
        isolating--;
    }

    public void failed(Exchange exchange) {
        failed = true;
        calls.tell(exchange);
    }

    private static FakeLane lane(Exchange exchange) {
        return exchange.getVariable(Variables.LANE, FakeLane.class);
    }
}
