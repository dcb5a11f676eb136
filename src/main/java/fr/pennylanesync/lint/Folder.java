package fr.pennylanesync.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The folders of a routes directory, in the order in which a reader should meet them. */
enum Folder {
    STREAMS, STEPS, JOBS, POLICIES;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the element that a file of this folder holds exactly once. */
    String element() {
        return this == POLICIES ? "routeConfiguration" : "route";
    }

    static Optional<Folder> named(String label) {
        return Arrays.stream(values()).filter(folder -> folder.label().equals(label)).findFirst();
    }
}
