package fr.pennylanesync.privacy;

/** Whose code it is, by the name of a class or logger. */
final class Ours {

    private static final String PACKAGE = "fr.pennylanesync";

    private Ours() {}

    static boolean is(String name) {
        return name.equals(PACKAGE) || name.startsWith(PACKAGE + ".");
    }
}
