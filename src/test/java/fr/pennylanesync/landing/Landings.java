package fr.pennylanesync.landing;

import fr.pennylanesync.stream.Dependents;

/** Lands a batch without routes, with the steps in the order of the route {@code land-batch}. */
public final class Landings {

    private Landings() {}

    /** Lands within the caller's transaction; refuses, as the route does, what does not read back as it was written. */
    public static LandedBatch land(Landing landing, Batch batch, Dependents dependents) {
        BatchLanding under = landing.begin(batch, dependents);
        if (!under.claim(BatchKey.of(batch.from()))) {
            throw new IllegalStateException("the batch is landed already");
        }
        if (under.isEndOfSweep()) {
            under.findDeletions();
        }
        under.writeRows();
        under.readBack();
        if (!under.getStoredHash().equals(under.getReadHash())) {
            under.refuse();
        }
        under.noteDue();
        under.setAside();
        under.noteFiles();
        under.appendLedger();
        under.moveCheckpoint();
        return under.landed();
    }
}
