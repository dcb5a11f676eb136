package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A walk over a list in the order of its ids. A long one is read in several ranges of ids side by side: one reader
 * alone waits for the latency of each of its pages and leaves the company's budget idle. Safe for the threads of its
 * lanes.
 */
public final class KeysetPass implements Pass {

    /** Enough for the documented budget up to a latency of 700 ms. */
    static final int LANES = 4;

    private final StreamDefinition stream;
    private final IncludedChild includedChild;
    private final Optional<SweepGuard> sweep;
    private final IdRangeSplitter splitter = new IdRangeSplitter();
    private Checkpoint checkpoint;
    private List<KeysetLane> open = List.of();
    private boolean reassigns;
    private int faultyIds;

    public KeysetPass(StreamDefinition stream, Checkpoint checkpoint, IncludedChild includedChild,
            Optional<SweepGuard> sweep) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.includedChild = includedChild;
        this.sweep = sweep;
    }

    /** Ranges that are wide enough are halved until there are as many as lanes. */
    @Override
    public synchronized List<Lane> lanes() {
        List<IdRange> ranges = new ArrayList<>(((Position.Unread) checkpoint.position()).ranges());
        while (ranges.size() < LANES && splitter.isWorthHalving(ranges)) {
            splitter.halveWidest(ranges);
        }
        reassigns = false;
        open = ranges.stream().limit(LANES)
                .map(range -> new KeysetLane(this, range, new PageCollector(stream, includedChild))).toList();
        return List.copyOf(open);
    }

    /** Tells whether the lanes give back what is left of their ranges, for it to be shared out anew. */
    synchronized boolean reassigns() {
        return reassigns;
    }

    /**
     * Tells whether the newest id is worth a request: the list has become long, and not all lanes are in use. Says so
     * once.
     */
    synchronized boolean wantsNewest() {
        return open.size() < LANES && splitter.wantsNewest();
    }

    /** @param id of the newest record; empty where the API does not tell */
    synchronized void newest(Optional<Long> id) {
        splitter.newest(id);
        reassigns = isWorthSharing();
    }

    /** The lane's batch is landed: what it read is unread no longer. */
    synchronized void landed(IdRange read, KeysetLane lane) {
        checkpoint = checkpoint.at(new Advance.PastIds(read).from(checkpoint));
        splitter.landed(read);
        reassigns |= lane.isEnded() && isWorthSharing();
    }

    private boolean isWorthSharing() {
        return splitter.isWorthHalving(open.stream().filter(lane -> !lane.isEnded()).map(KeysetLane::range).toList());
    }

    /** The batch that a lane has read. */
    Batch batch(KeysetLane lane, PageCollector collector) {
        return collector.batch(lane.checkpoint(), past(lane)).sweeping(sweep);
    }

    /** The batch of a record that cannot be read: it is set aside. */
    Batch batch(KeysetLane lane, SetAside faulty) {
        return RecordBatch.page(stream, lane.checkpoint(), past(lane), List.of(), List.of(),
                lane.batchRequests()).withFaulty(List.of(faulty)).sweeping(sweep);
    }

    private synchronized Advance past(KeysetLane lane) {
        return new Advance.PastIds(lane.read(), splitter.newest());
    }

    /** Returns how many records were found that cannot be read. */
    synchronized int faultyIds() {
        return faultyIds;
    }

    synchronized void foundFaultyId() {
        faultyIds++;
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public synchronized Checkpoint checkpoint() {
        return checkpoint;
    }
}
