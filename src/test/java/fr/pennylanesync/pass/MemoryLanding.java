package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.BatchKey;
import fr.pennylanesync.landing.EventBatch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.ShareBatch;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.share.RowDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lands batches into memory, and moves a checkpoint by compare-and-set as the warehouse does. */
public final class MemoryLanding {

    private final Set<BatchKey> keys = new HashSet<>();
    private final List<Batch> batches = new ArrayList<>();
    private Checkpoint checkpoint;

    public MemoryLanding(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Lands what the lane has read, and lets the lane go on. */
    public Batch land(Lane lane) {
        return land(lane, RowDigest.EMPTY);
    }

    /** @param digest what is said to stand of the rows of the data sharing */
    public Batch land(Lane lane, RowDigest digest) {
        Batch batch = lane.batch();
        if (!keys.add(lane.batchKey())) {
            throw new IllegalStateException("the name of a batch occurs twice: " + lane.batchKey());
        }
        if (!batch.advance().isShared() && !batch.from().equals(checkpoint)) {
            throw checkpoint.moved();
        }
        if (!(batch instanceof ShareBatch rows) || rows.end().isPresent()) {
            checkpoint = checkpoint.at(batch.advance().from(checkpoint));
        }
        batches.add(batch);
        lane.landed(Optional.of(new LandedBatch(1, 0, 0, 0, Sha256.ZERO, digest)));
        return batch;
    }

    /** Takes over what another landing, begun at this checkpoint, has landed. */
    void took(MemoryLanding other) {
        batches.addAll(other.batches);
        checkpoint = other.checkpoint;
    }

    public List<Batch> batches() {
        return batches;
    }

    /** Returns the ids of all records, in the order of their landing. */
    public List<Long> ids() {
        return batches.stream().flatMap(batch -> records(batch).stream()).map(StreamRecord::id).toList();
    }

    /** Returns all events, in the order of their landing. */
    List<ChangeEvent> events() {
        return batches.stream().flatMap(batch -> ((EventBatch) batch).events().stream()).toList();
    }

    private static List<StreamRecord> records(Batch batch) {
        if (batch instanceof RecordBatch page) {
            return page.records();
        }
        return batch instanceof ShareBatch rows ? rows.records() : List.of();
    }
}
