package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.stream.StreamDefinition;

/**
 * One row of a page as received.
 *
 * @param stream whose row it is: that of the page, or of the sub-list that came along
 * @param parentId the owning record's id; 0 where the stream is no child
 */
public record PageRow(StreamDefinition stream, long parentId, ObjectNode item) {

    /** Says whose row it is, and nothing of what it holds. */
    @Override
    public String toString() {
        return "PageRow[" + stream.name() + "]";
    }
}
