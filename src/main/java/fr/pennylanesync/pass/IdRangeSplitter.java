package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.IdRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Knows how a company's ids are spread, as far as a walk has seen, and tells which ranges are worth halving. An
 * estimate, it decides only on speed.
 */
final class IdRangeSplitter {

    /** A list that ends before is not worth the question. */
    private static final int PAGES_BEFORE_ASKING = 3;
    /** Each range costs a request of its own at its end. */
    private static final int PAGES_WORTH_HALVING = 10;

    private long newest;
    private boolean asked;
    private long idsRead;
    private int pagesRead;

    void landed(IdRange read) {
        if (read.upto() != null) {
            idsRead += read.upto() - (read.after() == 0 ? read.upto() - 1 : read.after());
            pagesRead++;
        }
    }

    boolean wantsNewest() {
        boolean wanted = !asked && pagesRead >= PAGES_BEFORE_ASKING;
        asked |= wanted;
        return wanted;
    }

    void newest(Optional<Long> id) {
        newest = id.orElse(0L);
    }

    /** Returns the newest id, once it was asked for. */
    Optional<Long> newest() {
        return Optional.of(newest).filter(id -> id > 0);
    }

    /** Tells whether a range is wide enough to be halved. */
    boolean isWorthHalving(List<IdRange> ranges) {
        return widestWorthHalving(ranges).isPresent();
    }

    private Optional<IdRange> widestWorthHalving(List<IdRange> ranges) {
        return ranges.stream().max(Comparator.comparingLong(this::width))
                .filter(range -> pagesRead > 0
                        && width(range) / Math.max(1, idsRead / pagesRead) >= PAGES_WORTH_HALVING);
    }

    /** Halves the widest range, see {@link #isWorthHalving}. */
    void halveWidest(List<IdRange> ranges) {
        widestWorthHalving(ranges).ifPresent(range -> {
            long middle = range.after() + width(range) / 2;
            int at = ranges.indexOf(range);
            ranges.set(at, range.to(middle));
            ranges.add(at + 1, range.behind(middle));
        });
    }

    /** Ids in it, as far as there are any. */
    private long width(IdRange range) {
        return Math.max(0, (range.upto() == null ? newest : range.upto()) - range.after());
    }
}
