package fr.pennylanesync.pass;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.IncludedList;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sub-lists that came along with the pages of one batch: of a parent all of them, or it stays due. */
final class SubListsOfPages {

    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> wholeParents = new ArrayList<>();
    private Optional<StreamDefinition> asked = Optional.empty();

    void forget() {
        records.clear();
        wholeParents.clear();
    }

    /** Returns the request with the sub-list that comes along. */
    PageRequest asking(PageRequest request, IncludedChild child) {
        asked = child.child();
        return asked.flatMap(StreamDefinition::include).map(request::including).orElse(request);
    }

    /** Tells whether the failure is that {@code include} is refused, and no longer asks for it then. */
    boolean isRefused(SyncException failure, IncludedChild child) {
        boolean refused = asked.isPresent() && failure.code() == ApiErrorCode.BAD_REQUEST;
        if (refused) {
            child.refuse();
        }
        return refused;
    }

    /** Returns the rows of the sub-lists, in the order of their parents. */
    List<PageRow> rows(Page page) {
        List<PageRow> rows = new ArrayList<>();
        asked.ifPresent(child -> ofItems(page).forEach(
                (parentId, list) -> list.items().forEach(item -> rows.add(new PageRow(child, parentId, item)))));
        return rows;
    }

    /** Takes what came with a page. */
    void take(Page page, List<StreamRecord> rows) {
        records.addAll(rows);
        ofItems(page).entrySet().stream().filter(list -> !list.getValue().hasMore()).map(Map.Entry::getKey)
                .forEach(wholeParents::add);
    }

    /**
     * Returns the sub-lists of the page's own items: nobody asked for another's, and nothing tells that it is whole.
     */
    private static Map<Long, IncludedList> ofItems(Page page) {
        Set<Long> items = page.items().stream().map(item -> item.path("id").longValue()).collect(Collectors.toSet());
        Map<Long, IncludedList> lists = new LinkedHashMap<>(page.included());
        lists.keySet().retainAll(items);
        return lists;
    }

    /** Returns what came along, if anything was asked for. */
    List<RecordBatch.Included> included() {
        return asked.isEmpty() || records.isEmpty() && wholeParents.isEmpty() ? List.of()
                : List.of(new RecordBatch.Included(asked.get(), records, wholeParents));
    }
}
