package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A page without the items that contradict its request, and those items. A page in which many do is no page with odd
 * items: it is the wrong page.
 *
 * @param page what is left
 * @param odd the items that were taken out, in their order
 */
public record SiftedPage(Page page, List<OddItem> odd) {

    /** More than that in a page are not the fault of single items. */
    static final int ODD_MAX = 5;

    public SiftedPage {
        odd = List.copyOf(odd);
    }

    /**
     * @param previous the page before it in the same pass
     * @return the page as it is where nothing is odd, or too much
     */
    static SiftedPage of(PageRequest request, Page page, Optional<Page> previous) {
        if (request.rows() == RowKind.EVENT) {
            return new SiftedPage(page, List.of());
        }
        Sieve sieve = new Sieve(request, previous.map(Page::items).orElse(List.of()));
        List<ObjectNode> items = sieve.sift(page.items());
        return sieve.odd.size() > ODD_MAX ? new SiftedPage(page, List.of())
                : new SiftedPage(new Page(items, page.hasMore(), page.nextCursor(), page.included()), sieve.odd);
    }

    private static final class Sieve {

        private final PageRequest request;
        private final Set<Long> seen = new HashSet<>();
        private final Optional<Long> last;
        private final List<OddItem> odd = new ArrayList<>();

        Sieve(PageRequest request, List<ObjectNode> before) {
            this.request = request;
            before.forEach(item -> PageCheck.idOf(item).ifPresent(seen::add));
            this.last = request.ascendingById() ? seen.stream().max(Long::compare) : Optional.empty();
        }

        List<ObjectNode> sift(List<ObjectNode> items) {
            Map<ObjectNode, String> faults = new IdentityHashMap<>();
            List<ObjectNode> sound = new ArrayList<>();
            for (ObjectNode item : items) {
                fault(item).ifPresentOrElse(why -> faults.put(item, why), () -> sound.add(item));
            }
            List<ObjectNode> kept = request.ascendingById() ? new Ascending(sound).longest() : sound;
            note(items, kept, faults);
            return kept;
        }

        private Optional<String> fault(ObjectNode item) {
            Optional<Long> id = PageCheck.idOf(item);
            if (id.isEmpty()) {
                return Optional.of(item instanceof DamagedItem damaged ? damaged.reason()
                        : ApiErrorCode.ITEM_WITHOUT_ID.name());
            }
            if (!PageCheck.satisfies(request, item)) {
                return Optional.of(ApiErrorCode.ROW_OUTSIDE_FILTER.name());
            }
            if (last.filter(before -> id.get() <= before).isPresent()) {
                return Optional.of(ApiErrorCode.NOT_ASCENDING.name());
            }
            boolean twice = !request.ascendingById() && !seen.add(id.get());
            return twice ? Optional.of(ApiErrorCode.DUPLICATE_ID.name()) : Optional.empty();
        }

        private void note(List<ObjectNode> items, List<ObjectNode> kept, Map<ObjectNode, String> faults) {
            Set<ObjectNode> sound = Collections.newSetFromMap(new IdentityHashMap<>());
            sound.addAll(kept);
            long behind = 0;
            for (ObjectNode item : items) {
                if (sound.contains(item)) {
                    behind = PageCheck.idOf(item).orElseThrow();
                } else {
                    odd.add(new OddItem(behind, faults.getOrDefault(item, ApiErrorCode.NOT_ASCENDING.name()),
                            item instanceof DamagedItem damaged ? damaged.text() : ItemText.of(item)));
                }
            }
        }
    }
}
