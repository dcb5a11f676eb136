package fr.pennylanesync.warehouse;

import java.util.List;

/** Is told, within the landing's transaction, what became of the rows of the data sharing: the second half of their digest. */
public interface SharedRows {

    /**
     * The rows are written.
     *
     * @param landed those that the table holds now
     * @param superseded those that were not written, because the table has the API's version of the record
     */
    void written(List<StreamRecord> landed, List<StreamRecord> superseded);
}
