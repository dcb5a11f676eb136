package fr.pennylanesync.sandbox.share;

/** The sandbox's share does not work: a fault of the sandbox itself, or of the machine it runs on. */
public final class SandboxShareFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxShareFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
