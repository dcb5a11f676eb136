package fr.pennylanesync.pass;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;

/** A pass that is read one batch after the other: it is its own only lane. */
public abstract class SingleLanePass implements Pass, PageLane {

    private final StreamDefinition stream;
    private final Priority priority;
    private Checkpoint checkpoint;
    private Optional<Page> checked = Optional.empty();
    private int requests;

    public SingleLanePass(StreamDefinition stream, Checkpoint checkpoint, Priority priority) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.priority = priority;
    }

    @Override
    public final StreamDefinition stream() {
        return stream;
    }

    @Override
    public final Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public final List<Lane> lanes() {
        return List.of(this);
    }

    @Override
    public boolean isResumable() {
        return true;
    }

    @Override
    public boolean isUnfinished() {
        return !checkpoint.isEnded();
    }

    @Override
    public int batchRequests() {
        return requests;
    }

    /** Notes a request of the batch that is read. */
    public final void requested() {
        requests++;
    }

    /** Keeps a page between its check and its taking. */
    public final void checked(Page page) {
        checked = Optional.of(page);
    }

    /** Returns the page that was checked last, once. */
    public final Optional<Page> takeChecked() {
        Optional<Page> page = checked;
        checked = Optional.empty();
        return page;
    }

    /** Goes on behind a batch that is landed. */
    public final void moveTo(Position next) {
        checkpoint = checkpoint.at(next);
        requests = 0;
    }
}
