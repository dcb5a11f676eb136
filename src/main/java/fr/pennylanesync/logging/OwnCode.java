package fr.pennylanesync.logging;

/** Tells whose code a class or a logger is, by its name. */
final class OwnCode {

    private static final String PACKAGE = "fr.pennylanesync";

    private OwnCode() {}

    static boolean is(String name) {
        return name.equals(PACKAGE) || name.startsWith(PACKAGE + ".");
    }
}
