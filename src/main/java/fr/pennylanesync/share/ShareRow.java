package fr.pennylanesync.share;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.hash.SpelledJson;

/** One row of the share, checked to be the company's. */
public final class ShareRow implements ReadRow {

    private final RowReader reader;
    private final long id;
    private final String[] texts;
    private final String[] received;

    /**
     * @param texts the values in the order of the reader's fields, as the rules for personal data leave them; null
     * where there is none
     * @param received the same as they came: only the digest of the row is made of them
     */
    ShareRow(RowReader reader, long id, String[] texts, String[] received) {
        this.received = received;
        this.reader = reader;
        this.id = id;
        this.texts = texts;
    }

    /** Its own, or a number made from its key. */
    public long id() {
        return id;
    }

    /**
     * Every field that is read, as one JSON object in its canonical spelling. It is made when it is asked for: a batch
     * of rows need not hold it beside the values.
     */
    public SpelledJson spelled() {
        return reader.spelled(texts);
    }

    /** The digest of the row as it came: what the share counts it with. */
    public RowDigest received() {
        return RowDigest.EMPTY.plus(reader.canonical(received));
    }

    /**
     * Sets the row aside.
     *
     * @param reason why it cannot be stored
     */
    public SetAsideRow setAside(String reason) {
        return reader.setAside(id, received, reason);
    }

    /** The text of the field at a place in the order of the table's shape; null where it has no value. */
    public String text(int place) {
        return texts[place];
    }

    /** A field's value; missing where the row has no such field. */
    public JsonNode field(String name) {
        return reader.value(texts, name);
    }
}
