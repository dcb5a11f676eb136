package fr.pennylanesync.sandbox.books;

/** The move of a mandate to the Pro Account. */
public record MandateMigration(long id, Stamps stamps, String status, String method, long mandateId, String mandateType,
        long signedMicros, long startedMicros, long migratedMicros, String errorMessage, long customerId)
        implements Row {}
