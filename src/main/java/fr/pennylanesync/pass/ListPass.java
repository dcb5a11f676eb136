package fr.pennylanesync.pass;

import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import java.util.Optional;

/** A walk over a list that can only be read from its front to its end: one page, one batch. */
final class ListPass implements SinglePass {

    private final StreamDefinition stream;
    private final ListReader reader;
    private final ListReading reading;
    private final Optional<Sweep> sweep;
    private Checkpoint checkpoint;

    ListPass(StreamDefinition stream, Checkpoint checkpoint, ListReader reader, Inclusion inclusion, Optional<Sweep> sweep) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.reader = reader;
        this.reading = new ListReading(stream, inclusion);
        this.sweep = sweep;
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public Priority priority() {
        return Priority.WALK;
    }

    @Override
    public boolean isUnfinished() {
        return !checkpoint.isEnded();
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
    public void offer(Page received) {
        reading.offer(request(), received, reader.endsUnproven(received));
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
    public LandedBatch land(Landing landing, Dependents dependents) {
        Batch batch = reading.batch(checkpoint);
        return sweep.isPresent() && next() instanceof Position.Ended
                ? sweep.get().landLast(landing, batch, dependents, checkpoint)
                : landing.land(batch, dependents, next());
    }

    private Position next() {
        return reader.after(reading.page().orElseThrow());
    }

    @Override
    public void landed() {
        Page done = reading.page().orElseThrow();
        checkpoint = checkpoint.at(next());
        reader.advance(done);
        reading.landed(done.hasMore());
    }

    @Override
    public int batchRequests() {
        return reading.requests();
    }
}
