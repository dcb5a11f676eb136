package fr.pennylanesync.pass;

import fr.pennylanesync.api.Condition;
import fr.pennylanesync.api.Operator;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.AfterId;
import fr.pennylanesync.stream.StreamDefinition;

/** {@code sort=id} and {@code id gt last}: every page proves where it begins, and only an empty page behind the last record is the end. */
final class KeysetReader implements ListReader {

    private final StreamDefinition stream;
    private long after;

    KeysetReader(StreamDefinition stream, AfterId position) {
        this.stream = stream;
        this.after = position.id();
    }

    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream.path(), stream.pageSizeMax()).sortedBy("id");
        return after == 0 ? request : request.where(Condition.of("id", Operator.GT, after));
    }

    @Override
    public Position after(Page page) {
        return page.items().isEmpty() ? new Position.Ended() : new AfterId(Ids.last(page));
    }

    @Override
    public void advance(Page page) {
        if (!page.items().isEmpty()) {
            after = Ids.last(page);
        }
    }

    @Override
    public boolean endsUnproven(Page page) {
        return false;
    }
}
