package fr.pennylanesync.landing.state;

/**
 * One item that is set aside, while everything beside it goes on.
 *
 * @param parentId the owning record's id; 0 where the stream is no child
 * @param recordId the record; 0 where it cannot be told, or where the whole sub-list of the parent is meant
 * @param subject where it stood, if the record cannot be told; else empty
 * @param reason why, as a code
 * @param raw what was received of it, as storable text; empty where nothing was
 */
public record SetAside(long parentId, long recordId, String subject, String reason, String raw) {

    /** The subject of what could not be read of a list begins with it; the ids on both sides follow. */
    public static final String BETWEEN = "between ";

    /** Sets a record aside whose reading fails, or with a parent and no record its whole sub-list. */
    public static SetAside unread(long parentId, long recordId, String reason) {
        return new SetAside(parentId, recordId, "", reason, "");
    }

    /** Tells whether it is a place in a list, of which nobody knows the record. */
    public boolean isBetween() {
        return subject.startsWith(BETWEEN);
    }

    /** Returns the item with another text for what was received of it. */
    SetAside with(String otherRaw) {
        return new SetAside(parentId, recordId, subject, reason, otherRaw);
    }

    /** Says which it is, and nothing of what it holds. */
    @Override
    public String toString() {
        return "SetAside[" + parentId + "/" + recordId + ", " + reason + "]";
    }
}
