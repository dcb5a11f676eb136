package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.SharedRowMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads partition after partition of the data sharing: one snapshot each, its rows landed batch by batch, then the digest of what was
 * landed held against the one that the share computed. The last batch of a partition holds no rows and takes it off the checkpoint's
 * list; whatever breaks before costs that partition.
 */
public final class PartitionLane implements Lane {

    private static final int READINGS_MAX = 2;

    private final HistoryPass pass;
    private final SharedRowMapper mapper;
    private Optional<Partition> partition;
    private Optional<PartitionRead> open = Optional.empty();
    private Optional<SharedBatch> batch = Optional.empty();
    private RowDigest landed = RowDigest.EMPTY;
    private long reading;
    private int batches;
    private int readings;

    PartitionLane(HistoryPass pass) {
        this.pass = pass;
        this.mapper = new SharedRowMapper(pass.stream());
        this.partition = pass.take();
    }

    @Override
    public StreamDefinition stream() {
        return pass.stream();
    }

    @Override
    public Checkpoint checkpoint() {
        return pass.checkpoint().at(new Position.Reading(partition.map(Partition::key).orElse(""), reading, batches));
    }

    @Override
    public boolean isUnfinished() {
        return partition.isPresent();
    }

    @Override
    public boolean isResumable() {
        return open.isEmpty();
    }

    @Override
    public boolean isBatchReady() {
        return batch.isPresent();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** Opens the partition's snapshot unless it is open; a batch or a statement that came to nothing begins its partition anew. */
    public void begin() {
        if (batch.isPresent() || wanted().isPresent()) {
            abandon();
        }
        if (open.isEmpty()) {
            open = Optional.of(pass.open(partition.orElseThrow()));
            landed = RowDigest.EMPTY;
            reading = pass.newReading();
            batches = 0;
        }
    }

    /** The partition whose rows are wanted; empty while those of the open one still come. */
    public Optional<PartitionRead> wanted() {
        return open.filter(read -> !read.isStreaming());
    }

    public void rows(Iterator<?> rows) {
        open.orElseThrow().rows(rows);
    }

    /**
     * Takes the next batch of rows; behind the last, the one that closes the partition.
     *
     * @throws SyncException if the rows broke off, or the landed ones are not what the share says it holds
     */
    public void take() {
        try {
            List<ShareRow> rows = open.orElseThrow().next();
            batch = Optional.of(rows.isEmpty() ? closing()
                    : SharedBatch.of(rows.stream().map(row -> mapper.map(row.id(), row.spelled(), row::field)).toList(), open.get().reader(),
                            ids -> pass.held(open.get(), ids)));
        } catch (RuntimeException broken) {
            abandon();
            throw broken;
        }
    }

    private SharedBatch closing() {
        RowDigest expected = open.orElseThrow().expected();
        boolean equal = landed.equals(expected);
        readings++;
        if (!equal && readings < READINGS_MAX) {
            throw new SyncException(ShareErrorCode.SHARE_DIGEST_DIFFERS, stream().name() + " "
                    + partition.orElseThrow().key() + ": " + expected.rows() + " rows in the share, "
                    + landed.rows() + " landed");
        }
        return SharedBatch.closing(equal ? pass.vanished(open.get(), checkpoint()) : List.of(), equal);
    }

    /** Lets the open partition go; its snapshot and its connection with it. */
    public void abandon() {
        open.ifPresent(PartitionRead::close);
        open = Optional.empty();
        batch = Optional.empty();
    }

    @Override
    public LandedBatch land(Landing landing, Dependents dependents) {
        return pass.land(this, open.orElseThrow(), batch.orElseThrow(), landing);
    }

    @Override
    public void landed() {
        SharedBatch done = batch.orElseThrow();
        batch = Optional.empty();
        batches++;
        landed = landed.plus(done.digest());
        if (done.isClosing()) {
            pass.landed(open.orElseThrow(), done.isEqual());
            abandon();
            readings = 0;
            partition = pass.take();
        }
    }

    @Override
    public int batchRequests() {
        return 0;
    }
}
