package fr.pennylanesync.pass;

import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Advance;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.BatchItem;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.SweepGuard;
import java.util.List;
import java.util.Optional;

/** A walk over a list that can only be read from its front to its end: one page, one batch. */
final class ListPass extends SingleLanePass {

    private final ListReader reader;
    private final ListReading reading;
    private final Optional<SweepGuard> sweep;

    ListPass(StreamDefinition stream, Checkpoint checkpoint, ListReader reader, Inclusion inclusion, Optional<SweepGuard> sweep) {
        super(stream, checkpoint, Priority.WALK);
        this.reader = reader;
        this.reading = new ListReading(stream, inclusion);
        this.sweep = sweep;
    }

    @Override
    public boolean isResumable() {
        return reader.isResumable();
    }

    @Override
    public void restartBatch() {
        reading.drop();
    }

    @Override
    public PageRequest request() {
        return reading.asking(reader.request());
    }

    @Override
    public List<PageRow> check(Page page) {
        return reading.check(request(), page, reader.endsUnproven(page));
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        reading.take(rows);
    }

    @Override
    public boolean endures(SyncException failure) {
        return reading.endures(failure);
    }

    @Override
    public boolean isBatchReady() {
        return reading.page().isPresent();
    }

    @Override
    public Batch batch() {
        return reading.batch(checkpoint(), new Advance.To(next())).sweeping(sweep);
    }

    private Position next() {
        return reader.after(reading.page().orElseThrow());
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        Page done = reading.page().orElseThrow();
        moveTo(next());
        reader.advance(done);
        reading.landed(done.hasMore());
    }

    @Override
    public int batchRequests() {
        return reading.requests();
    }
}
