package fr.pennylanesync.api.page;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one pass over a list, page by page, so that a loop of any length is noticed: no cursor may come twice.
 *
 * <p>Not safe for several threads: a pass reads one page after the other.
 */
public final class PageTrail {

    /** 100,000 pages of 100 rows are ten million rows; a longer pass must be sliced. */
    public static final int LARGEST_TRAIL = 100_000;

    private final Set<String> cursors = new HashSet<>();
    private Optional<Page> previous = Optional.empty();
    private int pageCount;

    /** Checks the next page of the pass; the trail moves on only when the page is accepted with {@link #advance}. */
    public PageVerdict check(PageRequest request, Page page) {
        PageVerdict verdict = PageCheck.check(request, page, previous);
        if (page.hasMore() && page.nextCursor().filter(cursors::contains).isPresent()) {
            throw FailureFacts.at(request.path()).failure(ApiErrorCode.CURSOR_REPEATED);
        }
        if (pageCount >= LARGEST_TRAIL) {
            throw FailureFacts.at(request.path()).number("pages", pageCount).failure(ApiErrorCode.TOO_MANY_PAGES);
        }
        return verdict;
    }

    /**
     * Takes the items out of the next page that contradict the request, if they are few.
     *
     * @return the page as it is where there are none, or too many
     */
    public SiftedPage sift(PageRequest request, Page page) {
        return SiftedPage.of(request, page, previous);
    }

    public void advance(Page page) {
        page.nextCursor().ifPresent(cursors::add);
        previous = Optional.of(page);
        pageCount++;
    }

    public int pageCount() {
        return pageCount;
    }
}
