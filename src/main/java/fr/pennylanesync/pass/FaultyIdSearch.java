package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.failure.SyncException;
import java.util.Optional;

/**
 * Finds the record that makes every page of a list fail in which it stands, where the list is read in the order of its
 * ids. First the pages are made smaller, so that what stands before the record lands; once it is the next one, the
 * range in which its id must be is halved, for nobody tells the id. After each failure the server is asked for nothing,
 * and only where it answers that does the failure count.
 */
final class FaultyIdSearch {

    private final int largestPage;
    private int limit;
    /** The record is among so many that come next; 0: none is looked for. */
    private int suspected;
    private boolean probing;
    private boolean failedBefore;
    private String failure = "";
    /** No record has an id up to this one, beyond those that have landed; empty while pages are made smaller. */
    private Optional<Long> empty = Optional.empty();
    /** The faulty record's id is at most this one. */
    private Optional<Long> upto = Optional.empty();
    private long width = 1;
    private Optional<Long> faulty = Optional.empty();

    FaultyIdSearch(int largestPage) {
        this.largestPage = largestPage;
        this.limit = largestPage;
    }

    /** Takes a failure that repeats. */
    void failed(SyncException with) {
        failure = with.code().name();
        probing = true;
    }

    boolean isProbing() {
        return probing;
    }

    /** Tells whether the id of the next record is looked for. */
    boolean isSearching() {
        return empty.isPresent();
    }

    PageRequest request(String path, IdRange range) {
        if (probing) {
            return page(path, 1).where(Condition.of("id", Operator.LTEQ, 0));
        }
        long after = empty.orElse(range.after());
        PageRequest request = page(path, limit);
        if (after > 0) {
            request = request.where(Condition.of("id", Operator.GT, after));
        }
        Long last = isSearching() ? Long.valueOf(middle()) : range.upto();
        return last == null ? request : request.where(Condition.of("id", Operator.LTEQ, last));
    }

    private static PageRequest page(String path, int limit) {
        return PageRequest.of(path, limit).sortedBy("id");
    }

    /** Holds where the part of the range ends that is asked for next. */
    private long middle() {
        long after = empty.orElseThrow();
        if (upto.isPresent()) {
            return after + Math.max(1, (upto.get() - after) / 2);
        }
        return after > Long.MAX_VALUE - width ? Long.MAX_VALUE : after + width;
    }

    /**
     * The server answers that it has no records without an id: the failure before counts.
     *
     * @param range what is left to read
     */
    void probed(IdRange range) {
        probing = false;
        if (isSearching()) {
            narrow();
        } else if (limit > 1) {
            suspected = limit;
            limit = limit / 2;
        } else {
            empty = Optional.of(range.after());
            upto = Optional.ofNullable(range.upto());
        }
    }

    private void narrow() {
        long failed = middle();
        if (failed > empty.orElseThrow() + 1) {
            upto = Optional.of(failed);
        } else if (failedBefore) {
            faulty = Optional.of(failed);
        } else {
            failedBefore = true;
        }
    }

    /**
     * A part of the range was answered in which the id was looked for, and it is empty.
     *
     * @return whether the search goes on; else there is no faulty record any more
     */
    boolean isEmptyPart() {
        failedBefore = false;
        long end = middle();
        if (upto.filter(last -> last == end).isPresent() || end == Long.MAX_VALUE) {
            return false;
        }
        empty = Optional.of(end);
        width = width > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : width * 2;
        return true;
    }

    /** Returns the id of the record that is at fault, once it is found. */
    Optional<Long> faulty() {
        return faulty;
    }

    String failure() {
        return failure;
    }

    /** Pages are as large as they may be, and nothing is looked for. */
    void end() {
        limit = largestPage;
        suspected = 0;
        probing = false;
        failedBefore = false;
        empty = Optional.empty();
        upto = Optional.empty();
        width = 1;
        faulty = Optional.empty();
    }

    /** So many records were read, and were not at fault. */
    void read(int records) {
        suspected -= records;
        if (suspected <= 0) {
            end();
        } else {
            limit = Math.max(1, suspected / 2);
        }
    }
}
