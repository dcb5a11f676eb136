package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Position;

/** Knows how one kind of list is read: which page comes next, and where the checkpoint stands after it. */
interface Paginator {

    /** The page to ask for. The same answer until {@link #advance} is called. */
    PageRequest request();

    /** Returns where the checkpoint goes once this page is landed. */
    Position after(Page page);

    /** Goes on behind a page that is landed. */
    void advance(Page page);

    /**
     * Tells whether the page is the end of something that nothing later would prove: it is then read twice and must say
     * the same.
     */
    boolean endsUnproven(Page page);

    /** Tells whether a reader that begins at the stored position would read nothing again. */
    boolean isResumable();
}
