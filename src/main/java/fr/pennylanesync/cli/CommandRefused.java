package fr.pennylanesync.cli;

/** A command that cannot be carried out as it was given; the message says why and what to do. */
final class CommandRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandRefused(String message) {
        super(message);
    }
}
