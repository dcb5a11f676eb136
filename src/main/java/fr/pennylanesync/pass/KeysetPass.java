package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A walk over a list in the order of its ids. A long one is read in several ranges of ids side by side: one reader alone waits for the
 * latency of each of its pages and leaves the company's budget idle. Safe for the threads of its lanes.
 */
final class KeysetPass implements OpenPass {

    /** Enough for the documented budget up to a latency of 700 ms. */
    static final int LANES = 4;

    private final StreamDefinition stream;
    private final Inclusion inclusion;
    private final Optional<Sweep> sweep;
    private final Spread spread = new Spread();
    private Checkpoint checkpoint;
    private List<KeysetLane> open = List.of();
    private boolean reassigns;

    KeysetPass(StreamDefinition stream, Checkpoint checkpoint, Inclusion inclusion, Optional<Sweep> sweep) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.inclusion = inclusion;
        this.sweep = sweep;
    }

    /** Ranges that are wide enough are halved until there are as many as lanes. */
    @Override
    public synchronized List<Lane> lanes() {
        List<IdRange> ranges = new ArrayList<>(((Position.Unread) checkpoint.position()).ranges());
        while (ranges.size() < LANES && spread.isWorthHalving(ranges)) {
            spread.halveWidest(ranges);
        }
        reassigns = false;
        open = ranges.stream().limit(LANES).map(range -> new KeysetLane(this, range, new ListReading(stream, inclusion))).toList();
        return List.copyOf(open);
    }

    /** Whether the lanes give back what is left of their ranges, for it to be shared out anew. */
    synchronized boolean reassigns() {
        return reassigns;
    }

    /** Whether the newest id is worth a request: the list has become long, and not all lanes are in use. Says so once. */
    synchronized boolean wantsNewest() {
        return open.size() < LANES && spread.wantsNewest();
    }

    /** @param id of the newest record; empty where the API does not tell */
    synchronized void newest(Optional<Long> id) {
        spread.newest(id);
        reassigns = isWorthSharing();
    }

    /** The lane's batch is landed: what it read is unread no longer. */
    synchronized void landed(IdRange read, KeysetLane lane) {
        checkpoint = checkpoint.at(without(checkpoint, read));
        spread.landed(read);
        reassigns |= lane.isEnded() && isWorthSharing();
    }

    private boolean isWorthSharing() {
        return spread.isWorthHalving(open.stream().filter(lane -> !lane.isEnded()).map(KeysetLane::range).toList());
    }

    /** Lands a lane's batch, in the caller's transaction. */
    LandedBatch land(KeysetLane lane, ListReading reading, Landing landing, Dependents dependents) {
        Checkpoint stands = landing.standing(lane.checkpoint());
        Position next = without(stands, lane.read());
        return sweep.isPresent() && next instanceof Position.Ended
                ? sweep.get().landLast(landing, reading.batch(lane.checkpoint()), dependents, stands)
                : landing.land(reading.batch(lane.checkpoint()), dependents, stands, next);
    }

    private static Position without(Checkpoint stands, IdRange read) {
        return Optional.of(stands.position()).filter(Position.Unread.class::isInstance).map(Position.Unread.class::cast)
                .flatMap(unread -> unread.without(read)).orElseThrow(() -> stands.moved());
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
}
