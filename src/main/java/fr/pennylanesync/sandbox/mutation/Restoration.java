package fr.pennylanesync.sandbox.mutation;

import java.util.List;

/** Brings back what the latest removal took, with the same ids. */
final class Restoration {

    private Restoration() {}

    static boolean restore(Pen pen) {
        List<Removed<?>> removal = pen.memory().takeRemoval();
        if (removal == null) {
            return false;
        }
        removal.forEach(removed -> removed.restore(pen));
        return true;
    }
}
