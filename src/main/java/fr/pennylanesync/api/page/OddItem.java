package fr.pennylanesync.api.page;

/**
 * An item of a page that contradicts the request, so that it cannot be told which record it is.
 *
 * @param behindId the id of the item before it; 0 at the beginning
 * @param reason why, as a code
 * @param text the item as it was received, bounded
 */
public record OddItem(long behindId, String reason, String text) {

    /** Says where it stands, and nothing of what it holds. */
    @Override
    public String toString() {
        return "OddItem[behind " + behindId + ", " + reason + "]";
    }
}
