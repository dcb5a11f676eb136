package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.ShareBatch;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads a company's rows from the data sharing, several partitions side by side. Safe for the threads of its lanes. */
final class HistoryPass implements Pass {

    /** Two keep one processor busy while the share computes and the warehouse writes. */
    private static final int LANES_LEAST = 2;

    private static final EventLog LOG = EventLog.of(HistoryPass.class);

    /**
     * Names what a history works with.
     *
     * @param connections how many partitions the share lets be read at once
     * @param intoEmpty whether the table had no row of the company when the pass began
     */
    record HistoryDependencies(int connections, PartitionReader partitions, ColumnNotes columns,
            VanishedRows vanished, boolean intoEmpty) {}

    /** Begins to read a partition within a snapshot. */
    interface PartitionReader {

        PartitionRead read(OpenShare snapshot, ShareTable table, long companyId, Partition partition);
    }

    /** Notes a table's columns, and returns those that it did not have at the last look. */
    interface ColumnNotes {

        List<String> added(String table, Map<String, String> columns);
    }

    /** Finds the rows of a partition that are to be deleted once it is read. */
    interface VanishedRows {

        /** @param setAside ids whose rows are there, and set aside */
        List<Long> of(PartitionRead partition, Checkpoint reading, Set<Long> setAside);
    }

    private final StreamDefinition stream;
    private final HistoryDependencies dependencies;
    private final Deque<Partition> untaken;
    private final Set<String> begun = new HashSet<>();
    private Checkpoint checkpoint;
    private long readings;

    /** @param checkpoint lists the partitions that are to be read */
    HistoryPass(StreamDefinition stream, Checkpoint checkpoint, HistoryDependencies dependencies) {
        this.stream = stream;
        this.dependencies = dependencies;
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

    /** Asked for while no lane reads: what an earlier one left open is to be taken again. */
    @Override
    public synchronized List<Lane> lanes() {
        untaken.clear();
        unread(checkpoint).stream().map(Partition::parse).forEach(untaken::add);
        int lanes = Math.min(dependencies.connections(),
                Math.max(LANES_LEAST, Runtime.getRuntime().availableProcessors()));
        return IntStream.range(0, lanes).<Lane>mapToObj(n -> new PartitionLane(this)).filter(Lane::isUnfinished)
                .toList();
    }

    /** The next partition that no lane has taken; the one without rows only once all others are read. */
    synchronized Optional<Partition> take() {
        if (Optional.ofNullable(untaken.peek()).filter(Partition::isWithoutRows).isPresent()
                && unread(checkpoint).size() > 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(untaken.poll());
    }

    /** Names a reading of a partition: one that is read again has batches of other names. */
    synchronized long newReading() {
        return ++readings;
    }

    /** Tells whether the table has no row of a partition that is about to be read: nothing of it was landed. */
    synchronized boolean expectsNew(Partition partition) {
        return begun.add(partition.toString()) && dependencies.intoEmpty();
    }

    PartitionRead open(OpenShare snapshot, Partition partition) {
        PartitionRead read =
                dependencies.partitions().read(snapshot, stream.share().orElseThrow(), checkpoint().companyId(),
                        partition);
        report(read);
        return read;
    }

    private void report(PartitionRead read) {
        String table = read.shape().table().table();
        List<String> added = dependencies.columns().added(table, read.shape().present());
        if (!added.isEmpty()) {
            LOG.log(new ShareEvent.ShareColumnsAdded(table, String.join(", ", added),
                    "add them to the stream file to read them"));
        }
    }

    /**
     * The ids of rows that a partition no longer has.
     *
     * @param setAside those whose rows are there, and set aside
     */
    List<Long> vanished(PartitionRead partition, Checkpoint reading, Set<Long> setAside) {
        return dependencies.vanished().of(partition, reading, setAside);
    }

    /** The partition's last batch is landed. */
    synchronized void landed(ShareBatch.End end) {
        checkpoint = checkpoint.at(end.advance().from(checkpoint));
        end.cut().ifPresent(cut -> {
            Deque<Partition> parts = new ArrayDeque<>(cut.others().stream().map(Partition::parse).toList());
            parts.descendingIterator().forEachRemaining(untaken::addFirst);
        });
        if (end.partition().isWithoutRows()) {
            return;
        }
        if (!end.setAside().isEmpty()) {
            LOG.log(new ShareEvent.ShareRowsSetAside(checkpoint.companyId(), stream.name(), end.partition().toString(),
                    end.setAside().size(), "see quarantine list"));
        }
        LOG.log(new ShareEvent.SharePartitionRead(checkpoint.companyId(), stream.name(), end.partition().toString(),
                end.expected().rows(), end.equal()));
    }
}
