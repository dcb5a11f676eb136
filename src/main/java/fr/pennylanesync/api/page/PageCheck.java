package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
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
     * @throws SyncException when the page contradicts the request
     */
    public static PageVerdict check(PageRequest request, Page page, Optional<Page> previous) {
        checkSize(request, page);
        checkProgress(request, page);
        switch (request.rows()) {
            case RECORD, KEYED -> checkRecords(request, page.items(), previous);
            case EVENT -> checkEvents(request, page.items(), previous);
        }
        // A list without pages has nothing that could follow.
        boolean full = request.isPaged() && page.items().size() >= request.limit();
        return page.hasMore() && !full ? PageVerdict.SHORT : PageVerdict.SOUND;
    }

    private static void checkSize(PageRequest request, Page page) {
        if (request.isPaged() && page.items().size() > request.limit()) {
            throw failure(ApiErrorCode.TOO_MANY_ITEMS, request, "items", page.items().size());
        }
    }

    private static void checkProgress(PageRequest request, Page page) {
        if (page.hasMore() && page.items().isEmpty()) {
            throw FailureFacts.at(request.path()).failure(ApiErrorCode.NO_PROGRESS);
        }
        if (page.hasMore() && page.nextCursor().equals(request.cursor())) {
            throw FailureFacts.at(request.path()).failure(ApiErrorCode.CURSOR_REPEATED);
        }
    }

    private static void checkRecords(PageRequest request, List<ObjectNode> items, Optional<Page> previous) {
        Set<Long> seen = new HashSet<>(previous.map(page -> ids(request, page)).orElse(Set.of()));
        Optional<Long> last = previous.flatMap(page -> lastId(request, page));
        for (int index = 0; index < items.size(); index++) {
            long id = id(request, items.get(index), index);
            if (!seen.add(id)) {
                throw failure(ApiErrorCode.DUPLICATE_ID, request, "id", id);
            }
            if (request.ascendingById() && last.isPresent() && id <= last.get()) {
                throw failure(ApiErrorCode.NOT_ASCENDING, request, "id", id);
            }
            checkFilter(request, items.get(index), id);
            last = Optional.of(id);
        }
    }

    private static void checkFilter(PageRequest request, ObjectNode item, long id) {
        if (!satisfies(request, item)) {
            throw failure(ApiErrorCode.ROW_OUTSIDE_FILTER, request, "id", id);
        }
    }

    /** Tells whether an item satisfies the filter that was sent. */
    static boolean satisfies(PageRequest request, ObjectNode item) {
        return request.conditions().stream().allMatch(condition -> RowFilter.satisfies(condition, item));
    }

    private static void checkEvents(PageRequest request, List<ObjectNode> items, Optional<Page> previous) {
        Optional<Instant> last = previous.map(Page::items)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> processedAt(request, rows.get(rows.size() - 1), rows.size() - 1));
        for (int index = 0; index < items.size(); index++) {
            id(request, items.get(index), index);
            Instant at = processedAt(request, items.get(index), index);
            if (last.isPresent() && at.isBefore(last.get())) {
                throw failure(ApiErrorCode.NOT_ASCENDING, request, "item", index);
            }
            last = Optional.of(at);
        }
    }

    private static Instant processedAt(PageRequest request, ObjectNode event, int index) {
        return timeOf(event).orElseThrow(() -> failure(ApiErrorCode.NOT_AN_ENVELOPE, request, "item", index));
    }

    /** Returns when an event was processed; empty if that cannot be read. */
    static Optional<Instant> timeOf(ObjectNode event) {
        try {
            return Optional.of(OffsetDateTime.parse(event.path("processed_at").asText()).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
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
        return idOf(item).orElseThrow(() -> failure(ApiErrorCode.ITEM_WITHOUT_ID, request, "item", index));
    }

    /** Returns the id of an item that has one. */
    static Optional<Long> idOf(ObjectNode item) {
        JsonNode id = item.path("id");
        return id.isIntegralNumber() && id.canConvertToLong() ? Optional.of(id.longValue()) : Optional.empty();
    }

    private static SyncException failure(ErrorCode code, PageRequest request, String name, long number) {
        return FailureFacts.at(request.path()).number(name, number).failure(code);
    }
}
