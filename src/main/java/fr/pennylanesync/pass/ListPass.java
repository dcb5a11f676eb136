package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A walk over a list that only one reader can read: it is its own only lane. */
public final class ListPass extends ListLane implements Pass {

    private final Paginator.Alone paginator;
    private Checkpoint checkpoint;

    public ListPass(StreamDefinition stream, Checkpoint checkpoint, Paginator.Alone paginator,
            IncludedChild includedChild,
            Optional<SweepGuard> sweep) {
        super(stream, paginator, includedChild, sweep, new AtomicInteger());
        this.paginator = paginator;
        this.checkpoint = checkpoint;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public List<Lane> lanes() {
        return List.of(this);
    }

    @Override
    public boolean isUnfinished() {
        return !checkpoint.isEnded();
    }

    @Override
    Advance advance(boolean more) {
        return new Advance.To(paginator.next(more));
    }

    @Override
    void landed(Advance advance) {
        checkpoint = checkpoint.at(advance.from(checkpoint));
    }
}
