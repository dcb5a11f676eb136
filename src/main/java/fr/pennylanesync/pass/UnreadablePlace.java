package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.SetAside;
import java.util.Optional;

/**
 * Finds the place in a list behind a cursor where a record makes every page fail in which it stands. What is read is
 * made smaller first, where that can be, then the pages, until the record is the next one. Then the list is read from
 * its other end, until the next page there holds it too. What lies between both is not read, and is set aside as one:
 * it is the one record, unless there are several. After each failure nothing at all is asked for, or what could be read
 * before, and only where the server answers that does the failure count.
 */
final class UnreadablePlace {

    private final Paginator paginator;
    private final int largestPage;
    private int limit;
    /** The record is among so many that come next; 0: none is looked for. */
    private int suspected;
    private boolean probing;
    private boolean failedBefore;
    private boolean found;
    private String failure = "";
    /** The last id that was read from the front, and from the other end; 0: none. */
    private long front;
    private long back;
    /** The request for the next page from the other end. */
    private Optional<PageRequest> backward = Optional.empty();

    UnreadablePlace(Paginator paginator, int largestPage) {
        this.paginator = paginator;
        this.largestPage = largestPage;
        this.limit = largestPage;
    }

    boolean isProbing() {
        return probing;
    }

    /** Tells whether the place is known: nothing else is left to read of the list, or of its slice. */
    boolean isFound() {
        return found;
    }

    boolean isBackward() {
        return backward.isPresent();
    }

    /** Tells whether such a failure can be told from one of the server. */
    boolean mayLookFor() {
        return !probing && paginator.backward().isPresent();
    }

    /** Takes a failure that repeats. */
    void failed(SyncException with) {
        failure = with.code().name();
        probing = true;
    }

    PageRequest request() {
        if (probing) {
            return paginator.nothing().orElseGet(this::whatCouldBeRead);
        }
        PageRequest request = backward.orElseGet(paginator::request);
        return request.isPaged() ? request.limitedTo(limit) : request;
    }

    /** The first record of the list, or the last: that at which nothing has failed yet. */
    private PageRequest whatCouldBeRead() {
        boolean fromFront = isBackward() ? back == 0 : front != 0;
        return PageRequest.of(paginator.request().path(), 1).sortedBy(fromFront ? "id" : "-id");
    }

    /**
     * The server answers: the failure before counts.
     *
     * @return whether the pages that follow are those of another list
     */
    boolean probed() {
        probing = false;
        if (suspected == 0 && !isBackward() && paginator.narrow()) {
            front = 0;
            return true;
        }
        if (limit > 1) {
            suspected = limit;
            limit = limit / 2;
        } else if (!failedBefore) {
            failedBefore = true;
        } else if (isBackward()) {
            found = true;
        } else {
            turn();
            return true;
        }
        return false;
    }

    private void turn() {
        backward = paginator.backward();
        limit = largestPage;
        suspected = 0;
        failedBefore = false;
    }

    /** Tells whether nothing of the list, or of its slice, is left behind a page. */
    boolean isEndedBy(Page page) {
        return !page.hasMore() || isBackward() && !page.items().isEmpty() && page.lastId() <= front;
    }

    /** A page is landed: goes on behind it. */
    void landed(Page page) {
        failedBefore = false;
        boolean ended = isEndedBy(page);
        if (ended) {
            end();
            return;
        }
        if (isBackward()) {
            back = page.lastId();
            backward = paginator.backward().map(request -> request.after(page.nextCursor().orElseThrow()));
        } else {
            front = page.lastId();
        }
        narrowDown(page.items().size());
    }

    private void narrowDown(int records) {
        suspected = Math.max(0, suspected - records);
        limit = suspected == 0 ? largestPage : Math.max(1, suspected / 2);
    }

    /** Returns what is set aside for the place. */
    SetAside setAside() {
        return new SetAside(0, 0, SetAside.BETWEEN + front + " and " + (back == 0 ? "the end" : back), failure, "");
    }

    /** Asks once more for what was found. */
    void askAgain() {
        found = false;
    }

    /** Nothing is looked for. */
    void end() {
        limit = largestPage;
        suspected = 0;
        probing = false;
        failedBefore = false;
        found = false;
        front = 0;
        back = 0;
        backward = Optional.empty();
    }
}
