package fr.pennylanesync.audit;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.pass.PagedRead;

/** Reads what the warehouse is compared with, page by page, when nobody else needs the company's requests. */
public interface AuditRead extends PagedRead {

    /** Tells whether another page is to be read. */
    boolean isUnfinished();

    /** Returns the pause before the next page: an export that is being made is looked at later and later. */
    default long pauseMs() {
        return 0;
    }

    /** Takes the answer to {@link #request}. */
    void take(Page page);

    @Override
    default Priority priority() {
        return Priority.ENRICHMENT;
    }

    @Override
    default boolean tolerates(SyncException failure) {
        return false;
    }

    @Override
    default boolean isBatchReady() {
        return false;
    }

    @Override
    default void restartBatch() {}
}
