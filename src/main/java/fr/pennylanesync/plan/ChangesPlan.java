package fr.pennylanesync.plan;

import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;

/** Reads the changelogs of a stream one after the other, and knows whether any of them told anything. */
final class ChangesPlan {

    private final long companyId;
    private final StreamDefinition stream;
    private final SyncPlan.Parts parts;
    private final FeedPositions positions;
    private Pass read;
    private boolean isSilent = true;

    ChangesPlan(long companyId, StreamDefinition stream, SyncPlan.Parts parts, FeedPositions positions) {
        this.companyId = companyId;
        this.stream = stream;
        this.parts = parts;
        this.positions = positions;
    }

    /** Returns the passes, one for each changelog. */
    List<SubListPlan.Step> steps() {
        return stream.feeds().entrySet().stream()
                .map(feed -> new SubListPlan.Step(() -> open(feed.getKey(), feed.getValue()),
                        () -> isSilent &= parts.passes().feedEnded(companyId, feed.getKey(), read)))
                .toList();
    }

    private Pass open(String feed, List<String> idPath) {
        read = parts.passes().feed(stream, feed, idPath, positions.take(feed), parts.clock()::read);
        return read;
    }

    /** Tells whether no changelog that was read to its end had told anything. */
    boolean wasSilent() {
        return isSilent;
    }
}
