package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import java.util.OptionalLong;

/**
 * Lands one batch, step by step, in the caller's transaction: all of it commits or none. The route {@code land-batch}
 * says the order of the steps; each does nothing where the batch has nothing of its kind.
 */
public abstract sealed class BatchLanding implements BatchClaim permits RecordLanding, EventLanding, ShareLanding {

    private final LandingTables tables;
    private final Batch batch;
    private long id;
    private Checkpoint current;

    BatchLanding(LandingTables tables, Batch batch) {
        this.tables = tables;
        this.batch = batch;
        this.current = batch.from();
    }

    @Override
    public boolean claim(BatchKey key) {
        if (locksFirst()) {
            lock();
        }
        OptionalLong number = tables.ledger().claim(key);
        if (number.isEmpty()) {
            return false;
        }
        id = number.getAsLong();
        claimed();
        return true;
    }

    /** Prepares the batch that is to be landed. */
    void claimed() {
        // Most batches land as they were read.
    }

    /**
     * Tells whether the stream is locked before the first row is written: batches of one stream land one after the
     * other.
     */
    boolean locksFirst() {
        return true;
    }

    /** Locks the stream until the transaction ends, and looks up where its checkpoint is. */
    final void lock() {
        tables.ledger().lock(companyId(), from().stream());
        current = batch.advance().isShared() ? tables.current(from()) : from();
    }

    /** Tells whether rows that no page of the pass held are to be looked for: a sweep ends with the batch. */
    public boolean isEndOfSweep() {
        return false;
    }

    /** Finds the rows that no page of a sweep held. */
    public void findDeletions() {
        throw new IllegalStateException("only the batch that ends a sweep finds deletions");
    }

    /** Writes the rows, keeps the versions that they replace, marks what is gone. */
    public abstract void writeRows();

    /** Reads back what the tables hold now and hashes it. */
    public abstract void readBack();

    /** The hash of what was read from the source, as text. */
    public abstract String getReadHash();

    /** The hash of what {@link #readBack} found, as text. */
    public abstract String getStoredHash();

    /**
     * Refuses a batch that the table does not hold as it was read.
     *
     * @throws SyncException READ_BACK_DIFFERS, always
     */
    public final void refuse() {
        tables.meter().mismatched();
        throw new SyncException(LandingErrorCode.READ_BACK_DIFFERS,
                "batch of " + batch.stream().name() + ", " + from().position().batchKey());
    }

    /** Makes due what changed with the batch elsewhere, and settles what the batch answers. */
    public abstract void noteDue();

    /** Sets aside what the batch could not bring whole, and resolves what an earlier one had set aside. */
    public abstract void setAside();

    /** Notes the files that are to be fetched. */
    public abstract void noteFiles();

    /** Appends the batch to the ledger and to the chain of its stream. */
    public abstract void appendLedger();

    @Override
    public void moveCheckpoint() {
        tables.checkpoints().move(current, next());
    }

    /** Returns what the landing did, for the pass that goes on behind it. */
    public abstract LandedBatch landed();

    final LandingTables tables() {
        return tables;
    }

    final Checkpoint from() {
        return batch.from();
    }

    final long companyId() {
        return batch.from().companyId();
    }

    final long id() {
        return id;
    }

    final Position next() {
        return batch.advance().from(current);
    }
}
