package fr.pennylanesync.checkpoint;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;

/**
 * The durable position of one pass over one stream of one company.
 *
 * @param run counts the times that the pass was begun from its start
 */
public record Checkpoint(long companyId, String stream, PassKind pass, long run, Position position) {

    /** The name that a changelog's own checkpoint stands under, beside that of the records it names. */
    public static String feed(String feed) {
        return "changelogs." + feed;
    }

    /** Tells whether the pass is complete. */
    public boolean isEnded() {
        return position instanceof Position.Ended;
    }

    /** The failure of a writer that expected the checkpoint to be here, and finds it elsewhere. Nothing was written. */
    public SyncException moved() {
        return new SyncException(CheckpointErrorCode.CHECKPOINT_MOVED, "company=" + companyId + " stream=" + stream
                + " pass=" + pass.label() + " run=" + run);
    }

    public Checkpoint at(Position next) {
        return new Checkpoint(companyId, stream, pass, run, next);
    }
}
