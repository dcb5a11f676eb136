package fr.pennylanesync.sandbox.mutation;

import java.util.List;

/** Brings back what the latest removal took, with the same ids. */
final class Restoration {

    private Restoration() {}

    static boolean restore(BooksEditor editor) {
        List<RemovedRecord<?>> removal = editor.memory().takeRemoval();
        if (removal == null) {
            return false;
        }
        removal.forEach(removed -> removed.restore(editor));
        return true;
    }
}
