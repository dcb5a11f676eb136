package fr.pennylanesync.logging;

/** Whose code it is, by the name of a class or logger. */
final class OwnCode {

    private static final String PACKAGE = "fr.pennylanesync";

    private OwnCode() {}

    static boolean is(String name) {
        return name.equals(PACKAGE) || name.startsWith(PACKAGE + ".");
    }
}
