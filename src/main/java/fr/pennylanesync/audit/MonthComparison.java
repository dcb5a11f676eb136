package fr.pennylanesync.audit;

import fr.pennylanesync.landing.table.TableDigests.Row;
import fr.pennylanesync.share.RowHashes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rows of one month, held against each other by id. What changed within the share's lag is left out, and so is what
 * the share leaves out: archived records, and lines without a date where it has none of these. Rows of the share that
 * no single row here can be are never equal.
 */
final class MonthComparison {

    private final RowHashes there;
    private final Map<Long, Row> here;
    private final boolean ofShareOnly;
    private final boolean undated;
    private final Set<Long> acknowledged;
    private final Set<Long> differing = new TreeSet<>();
    private final Set<Long> missing = new TreeSet<>();
    private final Set<Long> surplus = new TreeSet<>();
    private long leftOutThere;
    private long leftOutHere;

    /**
     * @param ofShareOnly whether only the share has the stream: else the API says what is deleted
     * @param undated whether these are the rows without a date
     * @param acknowledged rows that somebody knows the share to leave out
     */
    MonthComparison(RowHashes there, Map<Long, Row> here, boolean ofShareOnly, boolean undated,
            Set<Long> acknowledged) {
        this.acknowledged = acknowledged;
        this.undated = undated;
        this.there = there;
        this.here = here;
        this.ofShareOnly = ofShareOnly;
        Set<Long> ids = new HashSet<>(there.byId().keySet());
        ids.addAll(here.keySet());
        for (long id : ids) {
            compare(id, there.byId().get(id), here.get(id));
        }
    }

    private void compare(long id, Long hash, Row row) {
        boolean present = row != null && !row.deleted();
        if (there.repeated().containsKey(id)) {
            (present ? differing : missing).add(id);
        } else if (row != null && !row.settled() || hash == null && present && isLeftOut(id, row)) {
            leftOutThere += hash == null ? 0 : 1;
            leftOutHere += present ? 1 : 0;
        } else if (hash == null && present) {
            surplus.add(id);
        } else if (hash != null && !present) {
            missing.add(id);
        } else if (hash != null && row.hash() != hash) {
            differing.add(id);
        }
    }

    /** The share shows no archived record, no line of an entry that has no date yet, and not what somebody knows. */
    private boolean isLeftOut(long id, Row row) {
        return acknowledged.contains(id) || row.archived()
                || undated && !ofShareOnly && row.ofApi() && there.rows() == 0;
    }

    boolean isEqual() {
        return differing.isEmpty() && missing.isEmpty() && surplus.isEmpty() && unmatched() == 0;
    }

    /** Rows of the share that were compared: what changed within its lag is not. */
    long comparedThere() {
        return there.rows() - leftOutThere;
    }

    /** Rows of the warehouse that were compared: what changed within the share's lag, or is archived, is not. */
    long comparedHere() {
        return here.values().stream().filter(row -> !row.deleted()).count() - leftOutHere;
    }

    long leftOut() {
        return Math.max(leftOutThere, leftOutHere);
    }

    /** Rows of the share that have no id, or one that others have too. */
    long unmatched() {
        return there.unmatched();
    }

    int differing() {
        return differing.size();
    }

    long missing() {
        return missing.size() + unmatched();
    }

    int surplus() {
        return surplus.size();
    }

    /** Tells whether the share can mend something: rows that are its own, or that are not here at all. */
    boolean isForShare() {
        return ofShareOnly && !surplus.isEmpty()
                || missing.stream().anyMatch(id -> ofShareOnly || !here.containsKey(id))
                || differing.stream().anyMatch(id -> !here.get(id).ofApi());
    }

    /** Rows of the API that the share does not show. */
    Set<Long> unshared() {
        return surplus.stream().filter(id -> here.get(id).ofApi()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Records of which the API has the last word.
     *
     * @param mayDelete whether it may say of one that it is gone
     */
    Set<Long> forApi(boolean mayDelete) {
        Set<Long> ids = mayDelete ? new TreeSet<>(surplus) : new TreeSet<>();
        differing.stream().filter(id -> here.get(id).ofApi()).forEach(ids::add);
        missing.stream().filter(here::containsKey).forEach(ids::add);
        ids.addAll(there.repeated().keySet());
        return ids;
    }
}
