package fr.pennylanesync.privacy;

/** Counts what was rewritten of a stream. */
public record Rewritten(long rows, long versions, long setAside, long fileNames) {

    static final Rewritten NOTHING = new Rewritten(0, 0, 0, 0);

    Rewritten plus(Rewritten other) {
        return new Rewritten(rows + other.rows, versions + other.versions, setAside + other.setAside,
                fileNames + other.fileNames);
    }

    /** Tells whether anything was. */
    public boolean isAny() {
        return rows + versions + setAside + fileNames > 0;
    }
}
