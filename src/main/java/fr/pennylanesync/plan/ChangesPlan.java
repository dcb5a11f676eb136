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
    private final Round round;
    private Pass read;
    private boolean isSilent = true;

    ChangesPlan(long companyId, StreamDefinition stream, SyncPlan.Parts parts, FeedPositions positions,
            Round round) {
        this.companyId = companyId;
        this.stream = stream;
        this.parts = parts;
        this.positions = positions;
        this.round = round;
    }

    /** Returns the passes, one for each changelog. */
    List<SubListPlan.Step> steps() {
        return stream.feeds().entrySet().stream()
                .map(feed -> new SubListPlan.Step(() -> open(feed.getKey(), feed.getValue()),
                        () -> ended(feed.getKey())))
                .toList();
    }

    private Pass open(String feed, List<String> idPath) {
        read = parts.passes().feed(stream, feed, idPath, positions.take(feed), parts.clock()::read);
        return read;
    }

    private void ended(String feed) {
        if (parts.passes().feedEnded(companyId, feed, read)) {
            round.silent(read.checkpoint());
        } else {
            isSilent = false;
        }
    }

    /** Tells whether no changelog that was read to its end had told anything. */
    boolean wasSilent() {
        return isSilent;
    }
}
