package fr.pennylanesync.checkpoint;

import java.util.Collection;
import java.util.Map;

/** Keeps where the changelogs of companies stand. */
public interface FeedCheckpoints {

    /** Returns where all changelogs of a company stand, by the names of their checkpoints. */
    Map<String, Checkpoint> feeds(long companyId);

    /**
     * Notes that what is behind the positions was looked at again, and that nothing was there.
     *
     * @throws fr.pennylanesync.failure.SyncException CHECKPOINT_MOVED if one of them no longer stands there
     */
    void touch(long companyId, Collection<Checkpoint> at);
}
