package fr.pennylanesync.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which companies stand still because of a fault of this program. One stream that does is a warning; when every
 * company stands still, the process does no work, whatever it answers.
 */
final class UnexpectedFaults {

    private final Map<Long, Map<String, Boolean>> lastEnds = new ConcurrentHashMap<>();

    /** @param part a stream, or the company's sync as a whole, which any end of a stream shows to have gone on */
    void ended(long companyId, String part, boolean unexpected) {
        Map<String, Boolean> ends = lastEnds.computeIfAbsent(companyId, any -> new ConcurrentHashMap<>());
        ends.remove(Progress.COMPANY);
        ends.put(part, unexpected);
    }

    /** Tells whether all companies that were tried stand still. */
    boolean isEverywhere() {
        return !lastEnds.isEmpty() && lastEnds.values().stream().allMatch(UnexpectedFaults::standsStill);
    }

    private static boolean standsStill(Map<String, Boolean> ends) {
        return ends.getOrDefault(Progress.COMPANY, !ends.containsValue(false));
    }
}
