package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import java.time.Instant;
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
    private static final long SECONDS_MAX = 9_000_000_000_000L;
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;

    public SiftedPage {
        odd = List.copyOf(odd);
    }

    /**
     * @param previous the page before it in the same pass
     * @return the page as it is where nothing is odd, or too much
     */
    static SiftedPage of(PageRequest request, Page page, Optional<Page> previous) {
        List<ObjectNode> before = previous.map(Page::items).orElse(List.of());
        if (request.rows() == RowKind.EVENT) {
            return events(page, before);
        }
        Sieve sieve = new Sieve(request, before);
        List<ObjectNode> items = sieve.sift(page.items());
        return of(page, items, sieve.odd);
    }

    private static SiftedPage of(Page page, List<ObjectNode> sound, List<OddItem> odd) {
        return odd.size() > ODD_MAX ? new SiftedPage(page, List.of())
                : new SiftedPage(new Page(sound, page.hasMore(), page.nextCursor(), page.included()), odd);
    }

    /** Takes out the events without an id or a time, and those whose time is not in the order of the others. */
    private static SiftedPage events(Page page, List<ObjectNode> before) {
        Instant last = before.isEmpty() ? Instant.MIN
                : PageCheck.timeOf(before.get(before.size() - 1)).orElse(Instant.MIN);
        List<ObjectNode> readable = page.items().stream().filter(event -> PageCheck.idOf(event).isPresent()
                && PageCheck.timeOf(event).filter(at -> !at.isBefore(last)).isPresent()).toList();
        List<ObjectNode> sound =
                Ascending.by(readable, event -> micros(PageCheck.timeOf(event).orElseThrow())).longest();
        Set<ObjectNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(sound);
        List<OddItem> odd = new ArrayList<>();
        long behind = 0;
        for (ObjectNode event : page.items()) {
            if (kept.contains(event)) {
                behind = PageCheck.idOf(event).orElseThrow();
            } else {
                odd.add(new OddItem(behind, fault(event), ItemText.of(event)));
            }
        }
        return of(page, sound, odd);
    }

    private static String fault(ObjectNode event) {
        return (PageCheck.idOf(event).isEmpty() ? ApiErrorCode.ITEM_WITHOUT_ID
                : PageCheck.timeOf(event).isEmpty() ? ApiErrorCode.NOT_AN_ENVELOPE : ApiErrorCode.NOT_ASCENDING).name();
    }

    private static long micros(Instant at) {
        long seconds = Math.max(-SECONDS_MAX, Math.min(SECONDS_MAX, at.getEpochSecond()));
        return seconds * MICROS + at.getNano() / NANOS;
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
            List<ObjectNode> kept = request.ascendingById() ? Ascending.byId(sound).longest() : sound;
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
