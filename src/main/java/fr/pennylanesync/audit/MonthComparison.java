package fr.pennylanesync.audit;

import fr.pennylanesync.landing.table.TableDigests.Row;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows of one month, held against each other by id. What changed within the share's lag is left out, and so is what
 * the share leaves out: archived records.
 */
final class MonthComparison {

    private final Map<Long, Row> here;
    private final boolean ofShareOnly;
    private final Set<Long> differing = new TreeSet<>();
    private final Set<Long> missing = new TreeSet<>();
    private final Set<Long> surplus = new TreeSet<>();

    /** @param ofShareOnly whether only the share has the stream: else the API says what is deleted */
    MonthComparison(Map<Long, Long> there, Map<Long, Row> here, boolean ofShareOnly) {
        this.here = here;
        this.ofShareOnly = ofShareOnly;
        Set<Long> ids = new HashSet<>(there.keySet());
        ids.addAll(here.keySet());
        for (long id : ids) {
            compare(id, there.get(id), here.get(id));
        }
    }

    private void compare(long id, Long hash, Row row) {
        if (row != null && !row.settled()) {
            return;
        }
        boolean present = row != null && !row.deleted();
        if (hash == null && present && !row.archived()) {
            surplus.add(id);
        } else if (hash != null && !present) {
            missing.add(id);
        } else if (hash != null && row.hash() != hash) {
            differing.add(id);
        }
    }

    boolean isEqual() {
        return differing.isEmpty() && missing.isEmpty() && surplus.isEmpty();
    }

    int differing() {
        return differing.size();
    }

    int missing() {
        return missing.size();
    }

    int surplus() {
        return surplus.size();
    }

    /** Tells whether the share can mend something: rows that are its own, or that are not here at all. */
    boolean isForShare() {
        return missing.stream().anyMatch(id -> ofShareOnly || !here.containsKey(id))
                || differing.stream().anyMatch(id -> !here.get(id).ofApi());
    }

    /** Records of which the API has the last word. */
    Set<Long> forApi() {
        Set<Long> ids = new TreeSet<>(surplus);
        differing.stream().filter(id -> here.get(id).ofApi()).forEach(ids::add);
        missing.stream().filter(here::containsKey).forEach(ids::add);
        return ids;
    }
}
