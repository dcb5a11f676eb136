package fr.pennylanesync.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Says what is to become of what stands of a stream. What was changed is not changed again. */
interface Change {

    /** Says it in one line, for the ledger. */
    String rule();

    /** The condition, in SQL, that a row or version meets which may change; {@code parent} is its parent's id. */
    String mayConcern(String parent);

    /** The condition, in SQL, that a file meets whose name may change, once all rows and versions were passed. */
    String mayConcernFile();

    /** Changes a payload in place. */
    void apply(long parentId, long id, boolean fromShare, ObjectNode payload);

    /**
     * Returns what is left of an entry of the quarantine.
     *
     * @param subject says what it is of
     */
    String raw(long parentId, String subject, String raw);

    /** Returns what is left of a file's name. */
    Optional<String> fileName(long parentId, long recordId, String field, String name);
}
