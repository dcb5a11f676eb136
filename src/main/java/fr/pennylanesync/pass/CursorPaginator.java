package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Pages;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Optional;

/**
 * A short list behind a cursor (or in one answer). The cursor lives only here: after a restart the list is begun again.
 */
public final class CursorPaginator implements Paginator.Alone {

    private final StreamDefinition stream;
    private int pages;
    private Optional<String> cursor = Optional.empty();

    public CursorPaginator(StreamDefinition stream) {
        this.stream = stream;
    }

    @Override
    public PageRequest request() {
        PageRequest request = Paginator.ordered(stream, stream.reading() != ReadStrategy.CURSOR
                ? PageRequest.whole(stream.path())
                : PageRequest.of(stream.path(), stream.pageSizeMax()));
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public Position next(boolean more) {
        return more ? new Pages(pages + 1) : new Position.Ended();
    }

    @Override
    public void advance(boolean more, Optional<String> nextCursor) {
        pages++;
        cursor = nextCursor;
    }

    @Override
    public Optional<PageRequest> backward() {
        return stream.reading() == ReadStrategy.CURSOR && stream.sorted()
                ? Optional.of(PageRequest.of(stream.path(), stream.pageSizeMax()).sortedBy("-id"))
                : Optional.empty();
    }

    @Override
    public Optional<PageRequest> nothing() {
        return Optional.empty();
    }

    @Override
    public boolean narrow() {
        return false;
    }

    @Override
    public boolean isResumable() {
        return cursor.isEmpty();
    }

    @Override
    public boolean endsUnproven(Page page) {
        return !page.hasMore();
    }
}
