package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.books.Books;
import java.time.Instant;
import java.util.List;

/**
 * One authorised request to an endpoint.
 *
 * @param path after {@code /api/external/v2}
 * @param ids the ids in the path, in order
 * @param scopes of the token
 * @param faults what may go wrong with the page of a list
 * @param body of a POST; a missing node where there is none
 */
public record ApiCall(Books books, View view, String path, List<Long> ids, Parameters parameters, List<String> scopes,
        Instant now, PageFaults faults, JsonNode body) {

    long id() {
        return ids.get(0);
    }
}
