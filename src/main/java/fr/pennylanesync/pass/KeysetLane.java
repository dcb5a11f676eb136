package fr.pennylanesync.pass;

import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.Condition;
import fr.pennylanesync.api.Operator;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.BatchItem;
import fr.pennylanesync.warehouse.LandedBatch;
import java.util.List;
import java.util.Optional;

/**
 * Reads one range of ids, {@code sort=id} and {@code id gt last}: every page proves where it begins, and only an empty page behind the
 * last record, or the range's own last id, is the end.
 */
final class KeysetLane implements PageLane {

    private final KeysetPass pass;
    private final ListReading reading;
    private volatile IdRange range;
    private volatile boolean ended;
    private boolean asksNewest;

    KeysetLane(KeysetPass pass, IdRange range, ListReading reading) {
        this.pass = pass;
        this.range = range;
        this.reading = reading;
    }

    /** What is left to read. */
    IdRange range() {
        return range;
    }

    boolean isEnded() {
        return ended;
    }

    /** What the batch that is read covers. */
    IdRange read() {
        Page page = reading.page().orElseThrow();
        return page.items().isEmpty() ? range : range.to(Ids.last(page));
    }

    @Override
    public StreamDefinition stream() {
        return pass.stream();
    }

    @Override
    public Checkpoint checkpoint() {
        return pass.checkpoint().at(new Position.AfterId(range.after()));
    }

    @Override
    public Priority priority() {
        return Priority.WALK;
    }

    @Override
    public boolean isUnfinished() {
        return !ended && !pass.reassigns();
    }

    @Override
    public PageRequest request() {
        if (asksNewest) {
            return PageRequest.of(stream().path(), 1).sortedBy("-id");
        }
        PageRequest request = PageRequest.of(stream().path(), stream().pageSizeMax()).sortedBy("id");
        if (range.after() > 0) {
            request = request.where(Condition.of("id", Operator.GT, range.after()));
        }
        if (range.upto() != null) {
            request = request.where(Condition.of("id", Operator.LTEQ, range.upto()));
        }
        return reading.asking(request);
    }

    @Override
    public List<PageRow> check(Page page) {
        if (asksNewest) {
            asksNewest = false;
            pass.newest(page.items().isEmpty() ? Optional.empty() : Optional.of(Ids.last(page)));
            return List.of();
        }
        return reading.check(request(), page, false);
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        reading.take(rows);
    }

    /** The newest id only makes reading quicker: where it is refused, the lane goes on alone. */
    @Override
    public boolean endures(SyncException failure) {
        if (asksNewest && failure.code() == ApiErrorCode.BAD_REQUEST) {
            asksNewest = false;
            pass.newest(Optional.empty());
            return true;
        }
        return reading.endures(failure);
    }

    @Override
    public boolean isBatchReady() {
        return reading.page().isPresent();
    }

    @Override
    public void restartBatch() {
        reading.drop();
    }

    @Override
    public Batch batch() {
        return pass.batch(this, reading);
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        IdRange read = read();
        boolean goesOn = !read.equals(range);
        reading.landed(goesOn);
        if (goesOn) {
            range = range.behind(read.upto());
        }
        ended = !goesOn;
        pass.landed(read, this);
        asksNewest = goesOn && range.upto() == null && pass.wantsNewest();
    }

    @Override
    public int batchRequests() {
        return reading.requests();
    }
}
