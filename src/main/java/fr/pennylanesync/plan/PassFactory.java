package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.history.SharePassFactory;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The passes that a plan can open over the API, and what it must know of their checkpoints to choose among them. */
public interface PassFactory {

    /** Returns the passes over the data sharing. */
    SharePassFactory share();

    /** A walk over the list: resumed if one is unfinished, else begun. */
    Pass walk(long companyId, StreamDefinition stream);

    /**
     * A walk that also finds deletions.
     *
     * @param confirmed whether it may delete more than its guard allows
     */
    Pass sweep(long companyId, StreamDefinition stream, boolean confirmed);

    /** All records: where some are here already, what is gone must be found too. */
    Pass history(long companyId, StreamDefinition stream, boolean confirmed);

    /** Tells whether a walk or a sweep is under way and goes on where it stands. */
    boolean isResumable(long companyId, StreamDefinition stream, PassKind pass);

    /** Tells whether the current history is read to its end, and only its state was not moved any more. */
    boolean isHistoryRead(long companyId, StreamDefinition stream);

    /**
     * A feed was read to its end: forgets the events that no later reading of it can bring again.
     *
     * @param drained the pass that read it
     * @return whether it was silent: nothing lay behind its position
     */
    boolean feedEnded(long companyId, String feed, Pass drained);

    /** Gives each sub-list that became due its turn, or leaves it out. */
    void arrange(long companyId, StreamDefinition stream);

    /**
     * The sub-lists that are due.
     *
     * @param whole first makes those of every parent due
     */
    Pass children(long companyId, StreamDefinition stream, boolean whole);

    /** Finds out which of the sub-lists that are due are empty, where a question to their parents' list tells it. */
    Pass emptiness(long companyId, StreamDefinition stream);

    /** Notes what became of a pass that looked for empty sub-lists. */
    void emptinessEnded(long companyId, StreamDefinition stream, Pass pass);

    /** Makes the sub-lists that are due of the relation's other side, where that is here whole. */
    Pass derivation(long companyId, StreamDefinition stream);

    /** Tells whether many of the sub-lists that are due could be derived later in the sync. */
    boolean isWorthDeriving(long companyId, StreamDefinition stream);

    /** The records that are due. */
    Pass records(long companyId, StreamDefinition stream);

    /**
     * @param at where the feed stands
     * @param clock says how far its position may move
     */
    Pass feed(StreamDefinition stream, String feed, List<String> idPath, Checkpoint at, Supplier<ClockReading> clock);

    /** Returns where a feed stands; empty if it was never read. */
    Optional<Checkpoint> position(long companyId, String feed);

    /** Begins a feed that was never read. */
    Checkpoint begin(long companyId, String feed, Instant start);

    /** Tells whether nothing but a clock that was ahead of the database's can have put a feed's position there. */
    boolean isUnfounded(long companyId, String feed);

    /** Lets a feed begin anew. */
    void forget(long companyId, String feed);
}
