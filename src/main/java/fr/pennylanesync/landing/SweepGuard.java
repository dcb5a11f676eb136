package fr.pennylanesync.landing;

/**
 * Keeps a sweep from deleting too much: rights that were lost look exactly like mass deletion. A sweep that is stopped
 * deletes nothing until somebody confirms it.
 *
 * @param confirmed whether somebody said that so much is really gone
 */
public record SweepGuard(boolean confirmed) {

    /** Both must be exceeded for a sweep to stop. */
    private static final double SHARE_MAX = 0.05;
    private static final int ROWS_MAX = 20;

    /**
     * Says whether a sweep must stop.
     *
     * @param unseen rows that it did not see
     * @param live rows that are here
     * @param before rows that went lately because a sweep did not see them
     */
    public boolean stops(long unseen, long live, long before) {
        long all = unseen + before;
        return !confirmed && all > ROWS_MAX && all > SHARE_MAX * (live + before);
    }
}
