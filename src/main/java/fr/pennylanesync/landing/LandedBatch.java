package fr.pennylanesync.landing;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.share.RowDigest;

/**
 * Says what a landing did.
 *
 * @param id of the batch in the ledger; 0 for a page of events, which is not listed there
 * @param digest of the rows of the data sharing as they stand now; empty for batches of the API
 */
public record LandedBatch(long id, int recordCount, int changedCount, int deletedCount, Sha256 batchHash,
        RowDigest digest) {

    /** Returns what a page of events leaves: it has no rows. */
    static LandedBatch ofEvents() {
        return new LandedBatch(0, 0, 0, 0, Sha256.ZERO, RowDigest.EMPTY);
    }
}
