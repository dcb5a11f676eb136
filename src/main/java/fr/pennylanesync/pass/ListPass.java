package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
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
    private final UnreadablePlace place;
    private int places;

    public ListPass(StreamDefinition stream, Checkpoint checkpoint, Paginator paginator, IncludedChild includedChild,
            Optional<SweepGuard> sweep) {
        super(stream, checkpoint, Priority.WALK);
        this.paginator = paginator;
        this.collector = new PageCollector(stream, includedChild);
        this.sweep = sweep;
        this.place = new UnreadablePlace(paginator, stream.pageSizeMax());
    }

    @Override
    public boolean isResumable() {
        return paginator.isResumable() && !place.isBackward();
    }

    @Override
    public void restartBatch() {
        collector.drop();
        place.askAgain();
    }

    @Override
    public PageRequest request() {
        PageRequest request = place.request();
        return place.isProbing() ? request : collector.asking(request);
    }

    @Override
    public Page read(JsonNode answer) {
        return paginator.complete(collector.read(answer, request().path()));
    }

    @Override
    public boolean isolates(SyncException failure) {
        return collector.isolates(failure)
                || AnswerFaults.isOfAnswer(failure) && place.mayLookFor() && places < AnswerFaults.PER_PASS_MAX;
    }

    @Override
    public void isolate(SyncException failure) {
        if (collector.isolates(failure)) {
            collector.isolate();
        } else {
            place.failed(failure);
        }
    }

    @Override
    public List<PageRow> check(Page page) {
        if (place.isProbing()) {
            collector.requested();
            if (place.probed()) {
                collector.anotherList();
            }
            return List.of();
        }
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
        return collector.page().isPresent() || place.isFound();
    }

    @Override
    public Batch batch() {
        Advance.To advance = new Advance.To(paginator.next(hasMore()));
        RecordBatch batch = place.isFound()
                ? collector.withoutPage(checkpoint(), advance, place.setAside())
                : collector.batch(checkpoint(), advance);
        return batch.sweeping(sweep);
    }

    private boolean hasMore() {
        return !place.isFound() && !place.isEndedBy(collector.page().orElseThrow());
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        boolean more = hasMore();
        moveTo(paginator.next(more));
        if (place.isFound()) {
            paginator.advance(false, Optional.empty());
            places++;
            place.end();
            collector.skipped();
            return;
        }
        Page done = collector.page().orElseThrow();
        paginator.advance(more, done.nextCursor());
        place.landed(done);
        collector.landed(more);
    }

    @Override
    public int batchRequests() {
        return collector.requests();
    }
}
