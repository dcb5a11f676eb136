package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Reads the sub-lists of the parents that are due: in several lanes while the company's budget has room, so that the
 * answer to one is waited for while others are asked for; in one while other streams use the budget, so that few
 * requests are under way that a crash would cost. No parent is read by two lanes at a time.
 */
public final class ChildrenPass implements Pass {

    /** Five requests a second at half a second from question to landing. */
    static final int LANES = 3;

    /**
     * Holds the parents that a lane reads in one batch.
     *
     * @param parents each with the batch that made it due; none where nothing is left
     * @param recent whether any of them changed, or is of the last year
     * @param position where the batch begins: each has its own
     */
    record Share(Map<Long, Long> parents, boolean recent, Position.Worked position) {

        static final Share NOTHING = new Share(Map.of(), true, new Position.Worked(0));
    }

    private final StreamDefinition stream;
    private final DueRecords due;
    private final BooleanSupplier timeIsUp;
    private final IntSupplier waiting;
    private final Set<Long> taken = new HashSet<>();
    private final List<ChildrenLane> lanes;
    private Checkpoint checkpoint;
    private Position.Worked next;
    private int setAside;
    private boolean landed;
    private boolean paused;
    private boolean spreads;

    /**
     * @param timeIsUp whether the rest is to be left for later, asked for behind each batch
     * @param waiting how many requests of the company wait for the budget
     */
    public ChildrenPass(StreamDefinition stream, Checkpoint checkpoint, DueRecords due, BooleanSupplier timeIsUp,
            IntSupplier waiting) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.next = (Position.Worked) checkpoint.position();
        this.due = due;
        this.timeIsUp = timeIsUp;
        this.waiting = waiting;
        this.lanes = IntStream.range(0, LANES).mapToObj(lane -> new ChildrenLane(this)).toList();
        this.lanes.get(0).begin();
    }

    /** Hands out the next parents that no lane reads. */
    synchronized Share take(ChildrenLane lane) {
        boolean first = lane == lanes.get(0);
        if (paused || setAside >= AnswerFaults.PER_PASS_MAX || !first && !hasRoom()) {
            return Share.NOTHING;
        }
        DueRecords.DueParents found =
                due.nextParents(checkpoint.companyId(), stream.name(), taken, DueRecords.PARENTS_PER_BATCH);
        if (found.batches().isEmpty()) {
            return Share.NOTHING;
        }
        if (landed && timeIsUp.getAsBoolean()) {
            paused = true;
            return Share.NOTHING;
        }
        spreads |= landed && taken.isEmpty() && found.batches().size() == DueRecords.PARENTS_PER_BATCH && hasRoom();
        taken.addAll(found.batches().keySet());
        Share share = new Share(found.batches(), found.recent(), next);
        next = next.next();
        return share;
    }

    /** One lane alone waits for answers; with as many requests waiting as lanes, others use the budget. */
    private boolean hasRoom() {
        return waiting.getAsInt() < LANES;
    }

    /** Tells whether the lane that is left alone makes a pause, for all of them to begin. */
    synchronized boolean spreads() {
        return spreads;
    }

    /**
     * The batch of a lane is landed.
     *
     * @param faulty parents that were set aside
     */
    synchronized void landed(Share share, int faulty) {
        checkpoint = checkpoint.at(new Advance.PastBatch(share.position()).from(checkpoint));
        taken.removeAll(share.parents().keySet());
        setAside += faulty;
        landed = true;
    }

    /** Tells whether it leaves the rest for later: changes come first again. */
    public synchronized boolean isPaused() {
        return paused;
    }

    /** Lanes that have not begun have nothing: the first takes what there is. */
    @Override
    public boolean isUnfinished() {
        return lanes.stream().anyMatch(ChildrenLane::hasParents);
    }

    @Override
    public synchronized List<Lane> lanes() {
        spreads = false;
        List<ChildrenLane> open = lanes.subList(0, hasRoom() ? LANES : 1);
        open.forEach(ChildrenLane::open);
        return List.copyOf(open);
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
