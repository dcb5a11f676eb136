package fr.pennylanesync.camel;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.BatchClaim;
import fr.pennylanesync.landing.BatchKey;
import fr.pennylanesync.landing.LandingErrorCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/** Stands where the steps of a landing do. Whether these routes may still write is decided by the real one. */
public final class FakeLanding {

    /** A batch on its way into a ledger. */
    public final class FakeBatch implements BatchClaim {

        private BatchKey key;

        @Override
        public boolean claim(BatchKey claimed) {
            calls.call("claim");
            key = claimed;
            return !ledger.contains(claimed);
        }

        @Override
        public void moveCheckpoint() {
            calls.call("moveCheckpoint");
            ledger.add(key);
        }

        public boolean isEndOfSweep() {
            return endOfSweep;
        }

        public String getReadHash() {
            return "hash";
        }

        public String getStoredHash() {
            return storedHash;
        }
    }

    private final StepCalls calls;
    private final LandingSteps real;
    /** The batches whose checkpoint moved. */
    final Set<BatchKey> ledger = ConcurrentHashMap.newKeySet();
    boolean endOfSweep;
    String storedHash = "hash";

    FakeLanding(StepCalls calls, StreamAssignment assignment) {
        this.calls = calls;
        this.real = new LandingSteps(null, null, null, assignment);
    }

    /** Becomes as it was made, before the next test over the same routes. */
    void clear() {
        ledger.clear();
        endOfSweep = false;
        storedHash = "hash";
    }

    public void open(Exchange exchange) {
        calls.call("open landing");
        exchange.setVariable(Variables.LANDING, new FakeBatch());
    }

    public void findRefused(Exchange exchange) {
        calls.call("findRefused");
    }

    public void findDeletions() {
        calls.call("findDeletions");
    }

    public void writeRows() {
        calls.call("writeRows");
    }

    public void readBack() {
        calls.call("readBack");
    }

    public void noteDue() {
        calls.call("noteDue");
    }

    public void setAside() {
        calls.call("setAside");
    }

    public void noteFiles() {
        calls.call("noteFiles");
    }

    public void appendLedger() {
        calls.call("appendLedger");
    }

    public void requireAssignment(Exchange exchange) {
        calls.call("requireAssignment");
        real.requireAssignment(exchange);
    }

    public void refuse() {
        calls.call("refuse");
        throw new SyncException(LandingErrorCode.READ_BACK_DIFFERS);
    }
}
