package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.FeedCheckpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Has no changelog yet, and keeps what was looked at again. */
final class MemoryFeeds implements FeedCheckpoints {

    private final List<Checkpoint> touched = new ArrayList<>();

    @Override
    public Map<String, Checkpoint> feeds(long companyId) {
        return Map.of();
    }

    @Override
    public void touch(long companyId, Collection<Checkpoint> at, Duration ago) {
        touched.addAll(at);
    }

    List<Checkpoint> touched() {
        return touched;
    }
}
