package fr.pennylanesync.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a page with what was asked for: a page that does not satisfy its request is an error, not data.
 *
 * <p>Numbers in the failures: {@code item} is the row's place in the page, {@code id} its id.
 */
public final class PageCheck {

    private PageCheck() {}

    /**
     * Checks one page.
     *
     * @param previous the page before it in the same pass
     * @throws ApiFailure when the page contradicts the request
     */
    public static Verdict check(PageRequest request, Page page, Optional<Page> previous) {
        checkSize(request, page);
        checkProgress(request, page);
        switch (request.rows()) {
            case RECORD -> checkRecords(request, page.items(), previous);
            case EVENT -> checkEvents(request, page.items(), previous);
            case UNKEYED -> { }
        }
        // A list without pages has nothing that could follow.
        boolean full = request.isPaged() && page.items().size() >= request.limit();
        return page.hasMore() && !full ? Verdict.SHORT : Verdict.SOUND;
    }

    private static void checkSize(PageRequest request, Page page) {
        if (request.isPaged() && page.items().size() > request.limit()) {
            throw failure(ApiFailureCode.TOO_MANY_ITEMS, request, "items", page.items().size());
        }
    }

    private static void checkProgress(PageRequest request, Page page) {
        if (page.hasMore() && page.items().isEmpty()) {
            throw ApiFailure.of(ApiFailureCode.NO_PROGRESS, request.path());
        }
        if (page.hasMore() && page.nextCursor().equals(request.cursor())) {
            throw ApiFailure.of(ApiFailureCode.CURSOR_REPEATED, request.path());
        }
    }

    private static void checkRecords(PageRequest request, List<ObjectNode> items, Optional<Page> previous) {
        Set<Long> seen = new HashSet<>(previous.map(page -> ids(request, page)).orElse(Set.of()));
        Optional<Long> last = previous.flatMap(page -> lastId(request, page));
        for (int index = 0; index < items.size(); index++) {
            long id = id(request, items.get(index), index);
            if (!seen.add(id)) {
                throw failure(ApiFailureCode.DUPLICATE_ID, request, "id", id);
            }
            if (request.ascendingById() && last.isPresent() && id <= last.get()) {
                throw failure(ApiFailureCode.NOT_ASCENDING, request, "id", id);
            }
            checkFilter(request, items.get(index), id);
            last = Optional.of(id);
        }
    }

    private static void checkFilter(PageRequest request, ObjectNode item, long id) {
        for (Condition condition : request.conditions()) {
            if (!RowFilter.satisfies(condition, item)) {
                throw failure(ApiFailureCode.ROW_OUTSIDE_FILTER, request, "id", id);
            }
        }
    }

    private static void checkEvents(PageRequest request, List<ObjectNode> items, Optional<Page> previous) {
        Optional<Instant> last = previous.map(Page::items)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> processedAt(request, rows.get(rows.size() - 1), rows.size() - 1));
        for (int index = 0; index < items.size(); index++) {
            id(request, items.get(index), index);
            Instant at = processedAt(request, items.get(index), index);
            if (last.isPresent() && at.isBefore(last.get())) {
                throw failure(ApiFailureCode.NOT_ASCENDING, request, "item", index);
            }
            last = Optional.of(at);
        }
    }

    private static Instant processedAt(PageRequest request, ObjectNode event, int index) {
        try {
            return OffsetDateTime.parse(event.path("processed_at").asText()).toInstant();
        } catch (DateTimeException unreadable) {
            throw failure(ApiFailureCode.NOT_AN_ENVELOPE, request, "item", index);
        }
    }

    private static Set<Long> ids(PageRequest request, Page page) {
        Set<Long> ids = new HashSet<>();
        for (int index = 0; index < page.items().size(); index++) {
            ids.add(id(request, page.items().get(index), index));
        }
        return ids;
    }

    private static Optional<Long> lastId(PageRequest request, Page page) {
        int last = page.items().size() - 1;
        return last < 0 ? Optional.empty() : Optional.of(id(request, page.items().get(last), last));
    }

    private static long id(PageRequest request, ObjectNode item, int index) {
        JsonNode id = item.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            throw failure(ApiFailureCode.ITEM_WITHOUT_ID, request, "item", index);
        }
        return id.longValue();
    }

    private static ApiFailure failure(ApiFailureCode code, PageRequest request, String name, long number) {
        return new ApiFailure(code, FailureFacts.at(request.path()).number(name, number));
    }
}
