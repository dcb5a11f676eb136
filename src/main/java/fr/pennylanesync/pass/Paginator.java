package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.RowKind;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Optional;

/** Knows how one kind of list is read: which page comes next, and what of it is proven. */
interface Paginator {

    /** Reads a list alone: it knows where the checkpoint goes. */
    interface Alone extends Paginator {

        /**
         * Returns where the checkpoint goes behind a page.
         *
         * @param more whether more of the list follows
         */
        Position next(boolean more);
    }

    /** Asks for a list in the order of its ids where it can be; the order of ids that we made cannot be checked. */
    static PageRequest ordered(StreamDefinition stream, PageRequest request) {
        PageRequest ordered = stream.sorted() ? request.sortedBy("id") : request;
        return stream.isKeyed() ? ordered.withRows(RowKind.KEYED) : ordered;
    }

    /** The page to ask for. The same answer until {@link #advance} is called. */
    PageRequest request();

    /**
     * Goes on behind a page that is landed.
     *
     * @param more whether more of the list, or of its slice, follows
     * @param nextCursor where it goes on then
     */
    void advance(boolean more, Optional<String> nextCursor);

    /** Returns the first page of what is read, its slice where there are some, from the other end; if that exists. */
    Optional<PageRequest> backward();

    /** Returns a request that no record answers, where the list has a filter for that. */
    Optional<PageRequest> nothing();

    /**
     * Reads less before the next position, from its beginning, where that can be.
     *
     * @return whether it does
     */
    boolean narrow();

    /** Adds to the rows of a page what they are told apart by, where they do not have it themselves. */
    default Page complete(Page page) {
        return page;
    }

    /**
     * Tells whether the page is the end of something that nothing later would prove: it is then read twice and must say
     * the same.
     */
    boolean endsUnproven(Page page);

    /** Tells whether a reader that begins at the stored position would read nothing again. */
    boolean isResumable();
}
