package fr.pennylanesync.warehouse;

import com.fasterxml.jackson.databind.JsonNode;

/** Is told, within the landing's transaction, what became of the rows of the data sharing: the second half of their digest. */
public interface SharedRows {

    /** A row that the table now holds, as it was read back from there. */
    void stored(JsonNode payload);

    /** A row that was not written, because the table has the API's version of the record. */
    void superseded(StreamRecord received);
}
