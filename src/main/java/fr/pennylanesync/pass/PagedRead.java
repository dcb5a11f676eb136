package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import java.util.Optional;

/** Reads Pennylane page by page for one company. This is all that the one route to the API needs to know of it. */
public interface PagedRead {

    long companyId();

    Priority priority();

    PageRequest request();

    /** The JSON that {@link #request} sends, where it asks for an export; a request that only reads sends none. */
    default Optional<String> body() {
        return Optional.empty();
    }

    /**
     * Reads the answer to {@link #request}; an answer of get-one is a page without rows.
     *
     * @throws SyncException if it is not the documented envelope
     */
    default Page read(JsonNode answer) {
        return PageReader.read(answer, request().path());
    }

    /**
     * Takes a refusal of {@link #request}.
     *
     * @return whether it goes on without it: an optional parameter that is no longer known, a record that is gone
     */
    boolean tolerates(SyncException failure);

    /** Tells whether enough is read for the step that comes after. */
    boolean isBatchReady();

    /** Drops a batch that was ready and came to nothing: it is read again from the source. */
    void restartBatch();
}
