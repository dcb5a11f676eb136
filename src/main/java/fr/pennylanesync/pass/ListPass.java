package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;

/** A walk over a list that can only be read from its front to its end: one page, one batch. */
public final class ListPass extends SingleLanePass {

    private final Paginator paginator;
    private final PageCollector collector;
    private final Optional<SweepGuard> sweep;

    public ListPass(StreamDefinition stream, Checkpoint checkpoint, Paginator paginator, IncludedChild includedChild,
            Optional<SweepGuard> sweep) {
        super(stream, checkpoint, Priority.WALK);
        this.paginator = paginator;
        this.collector = new PageCollector(stream, includedChild);
        this.sweep = sweep;
    }

    @Override
    public boolean isResumable() {
        return paginator.isResumable();
    }

    @Override
    public void restartBatch() {
        collector.drop();
    }

    @Override
    public PageRequest request() {
        return collector.asking(paginator.request());
    }

    @Override
    public Page read(JsonNode answer) {
        return collector.read(answer, request().path());
    }

    @Override
    public boolean isolates(SyncException failure) {
        return collector.isolates(failure);
    }

    @Override
    public void isolate(SyncException failure) {
        collector.isolate();
    }

    @Override
    public List<PageRow> check(Page page) {
        return collector.check(request(), page, paginator.endsUnproven(page));
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        collector.take(rows);
    }

    @Override
    public boolean tolerates(SyncException failure) {
        return collector.tolerates(failure);
    }

    @Override
    public boolean isBatchReady() {
        return collector.page().isPresent();
    }

    @Override
    public Batch batch() {
        return collector.batch(checkpoint(), new Advance.To(next())).sweeping(sweep);
    }

    private Position next() {
        return paginator.after(collector.page().orElseThrow());
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        Page done = collector.page().orElseThrow();
        moveTo(next());
        paginator.advance(done);
        collector.landed(done.hasMore());
    }

    @Override
    public int batchRequests() {
        return collector.requests();
    }
}
