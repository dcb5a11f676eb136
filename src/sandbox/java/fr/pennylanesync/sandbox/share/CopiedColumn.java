package fr.pennylanesync.sandbox.share;

/**
 * A column that readers see.
 *
 * @param type as SQL writes it
 */
record CopiedColumn(String name, String type) {

    /** The name quoted: some, such as {@code date}, look reserved. */
    String quoted() {
        return '"' + name + '"';
    }

    String definition() {
        return quoted() + " " + type;
    }
}
