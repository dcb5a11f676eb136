package fr.pennylanesync.pass;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Reads one range of ids, {@code sort=id} and {@code id gt last}: every page proves where it begins, and only an empty
 * page behind the last record, or the range's own last id, is the end.
 */
final class KeysetLane implements PageLane {

    private final KeysetPass pass;
    private final PageCollector collector;
    private volatile IdRange range;
    private volatile boolean ended;
    private boolean asksNewest;

    KeysetLane(KeysetPass pass, IdRange range, PageCollector collector) {
        this.pass = pass;
        this.range = range;
        this.collector = collector;
    }

    /** Returns what is left to read. */
    IdRange range() {
        return range;
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns what the batch that is read covers. */
    IdRange read() {
        Page page = collector.page().orElseThrow();
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
        return collector.asking(request);
    }

    @Override
    public List<PageRow> check(Page page) {
        if (asksNewest) {
            asksNewest = false;
            pass.newest(page.items().isEmpty() ? Optional.empty() : Optional.of(Ids.last(page)));
            return List.of();
        }
        return collector.check(request(), page, false);
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        collector.take(rows);
    }

    /** The newest id only makes reading quicker: where it is refused, the lane goes on alone. */
    @Override
    public boolean tolerates(SyncException failure) {
        if (asksNewest && failure.code() == ApiErrorCode.BAD_REQUEST) {
            asksNewest = false;
            return true;
        }
        return collector.tolerates(failure);
    }

    @Override
    public boolean isBatchReady() {
        return collector.page().isPresent();
    }

    @Override
    public void restartBatch() {
        collector.drop();
    }

    @Override
    public Batch batch() {
        return pass.batch(this, collector);
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        IdRange read = read();
        boolean hasNext = !read.equals(range);
        collector.landed(hasNext);
        if (hasNext) {
            range = range.behind(read.upto());
        }
        ended = !hasNext;
        pass.landed(read, this);
        asksNewest = hasNext && range.upto() == null && pass.wantsNewest();
    }

    @Override
    public int batchRequests() {
        return collector.requests();
    }
}
