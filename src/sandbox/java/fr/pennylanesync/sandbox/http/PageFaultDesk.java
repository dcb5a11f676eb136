package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import fr.pennylanesync.sandbox.api.ApiCall;
import fr.pennylanesync.sandbox.api.ListPage;
import fr.pennylanesync.sandbox.api.PageFaults;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.Faults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spoils pages as the fault plan says. Remembers the last pages served, to serve one of them again. */
final class PageFaultDesk implements PageFaults {

    private static final int PAGES_REMEMBERED = 256;

    private final Faults faults;
    private final Lies lies;
    private volatile OldRecords old = OldRecords.NONE;
    private final Map<String, List<? extends JsonNode>> served = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<? extends JsonNode>> eldest) {
            return size() > PAGES_REMEMBERED;
        }
    };

    PageFaultDesk(Faults faults) {
        this.faults = faults;
        this.lies = new Lies(faults);
    }

    @Override
    public ListPage apply(ApiCall call, ListPage page) {
        List<? extends JsonNode> previous = previous(call, page);
        ListPage spoilt = faults
                .strike(FaultKind.Stage.PAGE, call.path(), call.books().companyId(),
                        kind -> applies(kind, page, previous))
                .map(rule -> spoil(rule.kind(), page, previous)).orElse(page);
        remember(call, page);
        return old(call, lies.apply(call, spoilt));
    }

    @Override
    public boolean cutsIncluded(ApiCall call) {
        return lies.cutsIncluded(call);
    }

    /** Serves some records as they were, so many times. */
    void serveOld(OldRecords records) {
        old = records;
    }

    private ListPage old(ApiCall call, ListPage page) {
        return old.concern(call.path(), page.items()) ? page.withItems(old.instead(page.items())) : page;
    }

    private static boolean applies(FaultKind kind, ListPage page, List<? extends JsonNode> previous) {
        return switch (kind) {
            case REPEATED_PAGE -> previous != null;
            case SHORTENED_PAGE, UNSORTED_PAGE -> page.items().size() > 1;
            case CURSOR_LOOP -> page.usedCursor() != null;
            case NULL_ITEM -> !page.items().isEmpty();
            case OUTSIDE_FILTER -> !page.items().isEmpty() && page.outsider().get().isPresent();
            default -> false;
        };
    }

    private static ListPage spoil(FaultKind kind, ListPage page, List<? extends JsonNode> previous) {
        List<JsonNode> items = new ArrayList<>(page.items());
        return switch (kind) {
            case REPEATED_PAGE -> page.withItems(previous);
            case SHORTENED_PAGE -> page.withItems(items.subList(0, (items.size() + 1) / 2))
                    .followedBy(page.endCursor());
            case CURSOR_LOOP -> page.followedBy(page.usedCursor());
            case NULL_ITEM -> {
                items.set(items.size() / 2, NullNode.getInstance());
                yield page.withItems(items);
            }
            case UNSORTED_PAGE -> {
                Collections.swap(items, 0, items.size() - 1);
                yield page.withItems(items);
            }
            case OUTSIDE_FILTER -> {
                items.set(items.size() - 1, page.outsider().get().orElseThrow());
                yield page.withItems(items);
            }
            default -> page;
        };
    }

    private synchronized List<? extends JsonNode> previous(ApiCall call, ListPage page) {
        return page.usedCursor() == null ? null
                : served.get(call.books().companyId() + call.path() + "?"
                        + page.usedCursor());
    }

    private synchronized void remember(ApiCall call, ListPage page) {
        if (page.nextCursor() != null && faults.plans(FaultKind.REPEATED_PAGE)) {
            served.put(call.books().companyId() + call.path() + "?" + page.nextCursor(), page.items());
        }
    }
}
