package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.ShareNotes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a company's rows from the data sharing, several partitions side by side. Safe for the threads of its lanes. */
final class HistoryPass implements OpenPass {

    /** Two keep one processor busy while the share computes and the warehouse writes. */
    private static final int LANES_LEAST = 2;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryPass.class);

    /** What it works with. */
    record Parts(Share share, ShareNotes notes, Quarantine quarantine, Held held) {}

    /** What the stream's table holds. */
    interface Held {

        /** The digest of some rows. */
        RowDigest digest(PartitionRead partition, long companyId, List<Long> ids);

        /** The rows of a partition that no batch of this reading held, for a stream that nothing else deletes from. */
        List<Long> vanished(PartitionRead partition, Checkpoint reading);
    }

    private final StreamDefinition stream;
    private final Parts parts;
    private final Deque<Partition> untaken;
    private Checkpoint checkpoint;
    private long readings;

    /** @param checkpoint lists the partitions that are to be read */
    HistoryPass(StreamDefinition stream, Checkpoint checkpoint, Parts parts) {
        this.stream = stream;
        this.parts = parts;
        this.checkpoint = checkpoint;
        this.untaken = new ArrayDeque<>();
        this.readings = System.currentTimeMillis();
    }

    private static List<String> unread(Checkpoint at) {
        return at.position() instanceof Position.Partitions partitions ? partitions.unread() : List.of();
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public synchronized Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public boolean isUnfinished() {
        return !checkpoint().isEnded();
    }

    /** Asked for while no lane reads: what an earlier one left open is to be taken again. */
    @Override
    public synchronized List<Lane> lanes() {
        untaken.clear();
        unread(checkpoint).stream().map(Partition::parse).forEach(untaken::add);
        int lanes = Math.min(parts.share().connections(), Math.max(LANES_LEAST, Runtime.getRuntime().availableProcessors()));
        return IntStream.range(0, lanes).<Lane>mapToObj(n -> new PartitionLane(this)).filter(Lane::isUnfinished).toList();
    }

    /** The next partition that no lane has taken. */
    synchronized Optional<Partition> take() {
        return Optional.ofNullable(untaken.poll());
    }

    /** Names a reading of a partition: one that is read again has batches of other names. */
    synchronized long newReading() {
        return ++readings;
    }

    PartitionRead open(Partition partition) {
        PartitionRead read = parts.share().read(stream.share().orElseThrow(), checkpoint().companyId(), partition);
        try {
            report(read);
            return read;
        } catch (RuntimeException ofTheWarehouse) {
            read.close();
            throw ofTheWarehouse;
        }
    }

    private void report(PartitionRead read) {
        String table = read.shape().table().table();
        List<String> added = parts.notes().columns(table, read.shape().present());
        if (!added.isEmpty()) {
            LOG.warn("share_columns_added table={} columns={} remedy=\"add them to the stream file to read them\"", table, added);
        }
    }

    List<Long> vanished(PartitionRead partition, Checkpoint reading) {
        return parts.held().vanished(partition, reading);
    }

    RowDigest held(PartitionRead partition, List<Long> ids) {
        return parts.held().digest(partition, checkpoint().companyId(), ids);
    }

    /** Lands a lane's batch, in the caller's transaction. */
    LandedBatch land(PartitionLane lane, PartitionRead read, SharedBatch batch, Landing landing) {
        Checkpoint from = lane.checkpoint();
        LandedBatch landed = landing.landShared(Batch.shared(stream, from, batch.records(), batch.gone()),
                stands -> batch.isClosing() ? without(stands, read.partition()) : stands.position(), batch);
        if (batch.isClosing()) {
            note(from, read, batch.isEqual());
            parts.quarantine().historyRead(from);
        }
        return landed;
    }

    private static Position without(Checkpoint stands, Partition read) {
        if (!(stands.position() instanceof Position.Partitions partitions) || !partitions.unread().contains(read.toString())) {
            throw stands.moved();
        }
        return partitions.without(read.toString());
    }

    private void note(Checkpoint at, PartitionRead read, boolean equal) {
        Partition partition = read.partition();
        parts.notes().partition(at.companyId(), stream.name(), partition.key(), partition.to().map(Object::toString),
                read.expected().rows(), read.expected().toString(), equal);
        if (equal) {
            parts.quarantine().partitionAccepted(at, partition.toString());
        } else {
            parts.quarantine().partition(at, partition.toString(), ShareErrorCode.SHARE_DIGEST_DIFFERS.name());
        }
    }

    /** The partition's last batch is landed. */
    synchronized void landed(PartitionRead read, boolean equal) {
        checkpoint = checkpoint.at(without(checkpoint, read.partition()));
        LOG.info("share_partition_read company={} stream={} partition={} rows={} equal={}", checkpoint.companyId(), stream.name(),
                read.partition(), read.expected().rows(), equal);
    }
}
