package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.Priority;

/** The headers by which a route says for whom it asks. The transport takes them off before anything is sent. */
public final class SyncHeaders {

    /** The company id. Required. */
    public static final String COMPANY = "X-Sync-Company";

    /** A {@link Priority} by name. Optional. */
    public static final String PRIORITY = "X-Sync-Priority";

    private SyncHeaders() {}
}
