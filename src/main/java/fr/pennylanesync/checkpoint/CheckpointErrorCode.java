package fr.pennylanesync.checkpoint;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of checkpoints that cannot be used. */
public enum CheckpointErrorCode implements ErrorCode {
    CHECKPOINT_MOVED(lasting(OURS, STREAM,
            "another writer moved the checkpoint",
            "let one runtime at a time read a company: look for a second warehouse behind one address, or a "
                    + "pooler that shares sessions")),
    CHECKPOINT_UNREADABLE(lasting(CONFIGURATION, STREAM,
            "the checkpoint was written by a newer version",
            "run that version, or delete the row to begin the pass again"));

    private final ErrorDescription description;

    CheckpointErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "checkpoint";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
