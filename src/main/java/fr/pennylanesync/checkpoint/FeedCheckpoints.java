package fr.pennylanesync.checkpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Keeps where the changelogs of companies stand. */
public interface FeedCheckpoints {

    /** Returns where all changelogs of a company stand, by the names of their checkpoints. */
    Map<String, Checkpoint> feeds(long companyId);

    /**
     * Notes that what is behind the positions was looked at again, and that nothing was there. One that no longer
     * stands there needs no such note.
     *
     * @param ago so long ago each of them had not been looked at yet
     */
    void touch(long companyId, Collection<Checkpoint> at, Duration ago);
}
