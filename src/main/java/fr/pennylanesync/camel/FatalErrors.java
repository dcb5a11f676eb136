package fr.pennylanesync.camel;

/**
 * Lets an error of the virtual machine out of the routes. Camel wraps every {@link Error} in an exception and hands it
 * to the policies like any other; a machine without memory or stack can promise nothing, so such an error is neither
 * tried again nor recorded as a stream's failure, but thrown where the sync was asked for.
 */
final class FatalErrors {

    private FatalErrors() {}

    /** @throws VirtualMachineError if there is one among the causes */
    static void rethrow(Throwable caught) {
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }
}
