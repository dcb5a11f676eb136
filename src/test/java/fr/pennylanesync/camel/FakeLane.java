package fr.pennylanesync.camel;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.pass.PageLane;
import fr.pennylanesync.pass.PageRow;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lane with a number of batches to read, which is told what it would find out by itself. */
public final class FakeLane implements PageLane {

    static final StreamDefinition QUOTES = new StreamDefinition("quotes", "Quotes.", "/quotes", Optional.of("quotes"),
            ReadStrategy.KEYSET, true, 100, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(),
            Map.of(), Optional.empty(), true, List.of(), List.of(), Optional.empty());

    private final StepCalls calls;
    private final int batches;
    private int landed;
    boolean resumable = true;
    boolean shared;
    boolean hasRows;
    boolean repeating;
    boolean equal = true;
    boolean tolerant;
    boolean batchReady;

    FakeLane(StepCalls calls, int batches) {
        this.calls = calls;
        this.batches = batches;
    }

    @Override
    public StreamDefinition stream() {
        return QUOTES;
    }

    @Override
    public Checkpoint checkpoint() {
        return new Checkpoint(1, QUOTES.name(), PassKind.WALK, 1, new Position.AfterId(landed));
    }

    @Override
    public boolean isUnfinished() {
        return landed < batches;
    }

    @Override
    public boolean isResumable() {
        return resumable;
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public boolean isBatchReady() {
        return batchReady;
    }

    /** As a lane of the data sharing has it. */
    public boolean hasRows() {
        return hasRows;
    }

    /** As a lane of the data sharing has it. */
    public boolean isEqual() {
        return equal;
    }

    @Override
    public Batch batch() {
        throw new UnsupportedOperationException("nothing lands here");
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        landed++;
        batchReady = false;
    }

    @Override
    public int batchRequests() {
        return 1;
    }

    @Override
    public List<PageRow> check(Page page) {
        throw new UnsupportedOperationException("the fake steps check");
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        throw new UnsupportedOperationException("the fake steps take");
    }

    @Override
    public Priority priority() {
        return Priority.WALK;
    }

    @Override
    public PageRequest request() {
        return PageRequest.of("/quotes", 100).sortedBy("id");
    }

    @Override
    public boolean tolerates(SyncException failure) {
        calls.call("tolerates " + failure.code().name());
        return tolerant;
    }

    @Override
    public void restartBatch() {
        calls.call("restartBatch");
        batchReady = false;
    }

    /** Whether the route is to ask which ids repeat. */
    public boolean isRepeating() {
        return repeating;
    }
}
