package fr.pennylanesync.failure;

/**
 * Makes our own failure of what nobody expected: it is told by its class and by the place of ours that it passed, since
 * only our own exception's message is known to hold no data.
 */
public final class UnexpectedFailure {

    private UnexpectedFailure() {}

    /** Returns the failure itself if it is our own, else one with the code UNEXPECTED. */
    public static SyncException of(Exception caught) {
        return caught instanceof SyncException known ? known
                : new SyncException(GeneralErrorCode.UNEXPECTED, caught.getClass().getName() + " at " + place(caught),
                        caught);
    }

    private static String place(Throwable caught) {
        for (StackTraceElement frame : caught.getStackTrace()) {
            if (frame.getClassName().startsWith("fr.pennylanesync.")) {
                return frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return "an unknown place";
    }
}
