package fr.pennylanesync.audit;

/** Says which records a rule has to be tried for because of records of a stream that were landed. */
sealed interface Concern {

    /** Known without a question to the database. */
    enum Known implements Concern {
        /** The landed records themselves. */
        RECORD,
        /** The records that the landed rows of a sub-list belong to. */
        PARENT,
        /** The records that were deleted. */
        DELETED
    }

    /**
     * Asked for.
     *
     * @param sql selects the rule's records, of {@code :company}, for the landed {@code :ids}; those among them that
     * replaced older versions did so in batches after {@code :since}
     */
    record Landed(String sql) implements Concern {}

    /**
     * Asked for where anything was deleted.
     *
     * @param sql selects the rule's records, of {@code :company}, for the deleted {@code :ids}
     */
    record Deleted(String sql) implements Concern {}
}
