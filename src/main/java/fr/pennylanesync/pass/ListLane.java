package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a list, or a part of one, that can only be read from its front to its end: one page, one batch. */
abstract class ListLane implements PageLane {

    private final StreamDefinition stream;
    private final Paginator paginator;
    private final PageCollector collector;
    private final Optional<SweepGuard> sweep;
    private final UnreadablePlace place;
    private final AtomicInteger places;

    /** @param places counts what the whole pass could not read */
    ListLane(StreamDefinition stream, Paginator paginator, IncludedChild includedChild, Optional<SweepGuard> sweep,
            AtomicInteger places) {
        this.stream = stream;
        this.paginator = paginator;
        this.collector = new PageCollector(stream, includedChild);
        this.sweep = sweep;
        this.place = new UnreadablePlace(paginator, stream.pageSizeMax());
        this.places = places;
    }

    /**
     * Returns where the checkpoint goes with the batch that is read.
     *
     * @param more whether more of the list, or of its slice, follows
     */
    abstract Advance advance(boolean more);

    /** The checkpoint has gone on. */
    abstract void landed(Advance advance);

    @Override
    public final StreamDefinition stream() {
        return stream;
    }

    @Override
    public final Priority priority() {
        return Priority.WALK;
    }

    @Override
    public final boolean isResumable() {
        return paginator.isResumable() && !place.isBackward();
    }

    @Override
    public final void restartBatch() {
        collector.drop();
        place.askAgain();
    }

    @Override
    public final PageRequest request() {
        PageRequest request = place.request();
        return place.isProbing() ? request : collector.asking(request);
    }

    @Override
    public final Page read(JsonNode answer) {
        return paginator.complete(collector.read(answer, request().path()));
    }

    @Override
    public final boolean isolates(SyncException failure) {
        return collector.isolates(failure) || AnswerFaults.isOfAnswer(failure) && place.mayLookFor()
                && places.get() < AnswerFaults.PER_PASS_MAX;
    }

    @Override
    public final void isolate(SyncException failure) {
        if (collector.isolates(failure)) {
            collector.isolate();
        } else {
            place.failed(failure);
        }
    }

    @Override
    public final List<PageRow> check(Page page) {
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
    public final void take(List<? extends BatchItem> rows) {
        collector.take(rows);
    }

    @Override
    public final boolean tolerates(SyncException failure) {
        return collector.tolerates(failure);
    }

    @Override
    public final boolean isBatchReady() {
        return collector.page().isPresent() || place.isFound();
    }

    @Override
    public final Batch batch() {
        Advance advance = advance(hasMore());
        RecordBatch batch = place.isFound()
                ? collector.withoutPage(checkpoint(), advance, place.setAside())
                : collector.batch(checkpoint(), advance);
        return batch.sweeping(sweep);
    }

    private boolean hasMore() {
        return !place.isFound() && !place.isEndedBy(collector.page().orElseThrow());
    }

    @Override
    public final void landed(Optional<LandedBatch> batch) {
        boolean more = hasMore();
        Advance advance = advance(more);
        if (place.isFound()) {
            paginator.advance(false, Optional.empty());
            places.incrementAndGet();
            place.end();
            collector.skipped();
        } else {
            Page done = collector.page().orElseThrow();
            paginator.advance(more, done.nextCursor());
            place.landed(done);
            collector.landed(more);
        }
        landed(advance);
    }

    @Override
    public final int batchRequests() {
        return collector.requests();
    }
}
