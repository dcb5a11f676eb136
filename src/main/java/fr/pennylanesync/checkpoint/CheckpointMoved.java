package fr.pennylanesync.checkpoint;

/** A checkpoint was not where its writer left it: somebody else reads the same stream, or a batch came twice. Nothing was written. */
public final class CheckpointMoved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CheckpointMoved(Checkpoint expected) {
        super("CHECKPOINT_MOVED company=" + expected.companyId() + " stream=" + expected.stream() + " pass=" + expected.pass().label()
                + " run=" + expected.run() + ": another writer moved it; let one runtime at a time read a company");
    }
}
