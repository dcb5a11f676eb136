package fr.pennylanesync.landing.state;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses which of the sub-lists that are proven are asked for all the same: one in a hundred, by a hash that anybody
 * can repeat, and before a proof has agreed often enough as many as are left to try.
 */
final class Watch {

    private static final long SHARE = SubListProofs.WATCHED_EACH;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long MIXER = 0xBF58476D1CE4E5B9L;

    private Watch() {}

    /**
     * Chooses among parents.
     *
     * @param proven each with the batch that made it due, by which another time chooses others
     * @param trials how many are to be asked for at least
     */
    static Set<Long> choose(long companyId, String stream, Map<Long, Long> proven, int trials) {
        List<Long> drawn = proven.keySet().stream()
                .sorted(Comparator.comparingLong(parent -> hash(companyId, stream, parent, proven.get(parent))))
                .toList();
        Set<Long> chosen = new HashSet<>(drawn.subList(0, Math.min(trials, drawn.size())));
        drawn.stream()
                .filter(parent -> Math.floorMod(hash(companyId, stream, parent, proven.get(parent)), SHARE) == 0)
                .forEach(chosen::add);
        return chosen;
    }

    private static long hash(long companyId, String stream, long parent, long batch) {
        long mixed = stream.hashCode();
        for (long part : new long[] {companyId, parent, batch}) {
            mixed = (mixed ^ part) * MULTIPLIER;
            mixed = (mixed ^ mixed >>> 30) * MIXER;
            mixed ^= mixed >>> 27;
        }
        return mixed;
    }
}
