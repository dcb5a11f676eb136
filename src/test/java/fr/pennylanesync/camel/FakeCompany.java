package fr.pennylanesync.camel;

import java.util.List;
import org.apache.camel.Exchange;

/** Stands where the steps of a company do. */
public final class FakeCompany {

    private final StepCalls calls;
    boolean leased = true;
    /** The streams of each round. */
    List<List<String>> rounds = List.of(List.of("quotes"));
    volatile boolean stopping;
    private int round;

    FakeCompany(StepCalls calls) {
        this.calls = calls;
    }

    /** Becomes as it was made, before the next test over the same routes. */
    void clear() {
        leased = true;
        rounds = List.of(List.of("quotes"));
        stopping = false;
        round = 0;
    }

    public void acquireLease(Exchange exchange) {
        calls.call("acquireLease");
        exchange.setVariable(Variables.LEASE, leased ? "held" : null);
    }

    public void confirm() {
        calls.call("confirm");
    }

    public void introduceChildren() {
        calls.call("introduceChildren");
    }

    public boolean hasNext() {
        calls.call("hasNext");
        return !stopping && round++ < rounds.size();
    }

    public List<String> streams() {
        calls.call("streams");
        return rounds.get(round - 1);
    }

    public void end() {
        calls.call("end");
    }

    public void releaseLease() {
        calls.call("releaseLease");
    }

    public void failed(Exchange exchange) {
        calls.tell(exchange);
    }
}
