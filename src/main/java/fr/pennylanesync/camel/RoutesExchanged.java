package fr.pennylanesync.camel;

/** A batch was read under facts that are replaced: it is dropped, and read again under the new ones. */
final class RoutesExchanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RoutesExchanged(String stream) {
        super("the routes of " + stream + " were exchanged");
    }
}
