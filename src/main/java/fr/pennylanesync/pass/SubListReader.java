package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the sub-lists of some parents of a child stream one after the other, each page by page. A list without a parent
 * is that of the parent 0.
 */
public final class SubListReader {

    private final StreamDefinition stream;
    private final Deque<Long> unread = new ArrayDeque<>();
    private PageTrail trail = new PageTrail();
    private Optional<String> cursor = Optional.empty();

    /** @param stream a child, or a list whose records have no ids */
    public SubListReader(StreamDefinition stream) {
        this.stream = stream;
    }

    /** Begins with these parents; those that are left from before are forgotten. */
    public void begin(Collection<Long> parents) {
        unread.clear();
        unread.addAll(parents);
        firstPage();
    }

    private void firstPage() {
        trail = new PageTrail();
        cursor = Optional.empty();
    }

    /** Tells whether no parent is left. */
    public boolean isDone() {
        return unread.isEmpty();
    }

    /** Returns the parent whose sub-list is being read. */
    public long parent() {
        return unread.getFirst();
    }

    /** Returns the parents whose sub-lists are not read to their end. */
    List<Long> unread() {
        return List.copyOf(unread);
    }

    /** Returns the page without its odd items. */
    Page without(OddItems odd, Page page) {
        return odd.without(trail, request(), page);
    }

    /** Asks for the next page of the parent's sub-list. */
    public PageRequest request() {
        PageRequest request =
                Paginator.ordered(stream, PageRequest.of(stream.pathOf(parent()), stream.pageSizeMax()));
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    /**
     * Checks the answer to {@link #request}; nothing moves on by it.
     *
     * @throws fr.pennylanesync.failure.SyncException if the page cannot be trusted: it is then to be read again
     */
    public PageVerdict check(Page page) {
        return trail.check(request(), page);
    }

    /**
     * Moves on behind a page that counts.
     *
     * @return whether it was the last one of its parent
     */
    public boolean advance(Page page) {
        if (!page.hasMore()) {
            leaveParent();
            return true;
        }
        trail.advance(page);
        cursor = page.nextCursor();
        return false;
    }

    /** Goes on with the next parent, whatever is left of this one. */
    public void leaveParent() {
        unread.removeFirst();
        firstPage();
    }
}
