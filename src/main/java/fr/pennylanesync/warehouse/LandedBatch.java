package fr.pennylanesync.warehouse;

import fr.pennylanesync.hash.Sha256;

/** What a landing did. */
public record LandedBatch(long id, int recordCount, int changedCount, int deletedCount, Sha256 batchHash) {}
