package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.PassKind;
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
    private final FaultyIdSearch search;
    private volatile IdRange range;
    private volatile boolean ended;
    private boolean asksNewest;

    KeysetLane(KeysetPass pass, IdRange range, PageCollector collector) {
        this.pass = pass;
        this.range = range;
        this.collector = collector;
        this.search = new FaultyIdSearch(pass.stream().pageSizeMax());
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
        if (search.faulty().isPresent()) {
            return range.to(search.faulty().get());
        }
        Page page = collector.page().orElseThrow();
        return page.items().isEmpty() ? range : range.to(page.lastId());
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
        PageRequest request = search.request(stream().path(), range);
        return search.isProbing() ? request : collector.asking(request);
    }

    @Override
    public Page read(JsonNode answer) {
        return collector.read(answer, request().path());
    }

    @Override
    public boolean isolates(SyncException failure) {
        if (asksNewest) {
            return AnswerFaults.isOfAnswer(failure);
        }
        return collector.isolates(failure) || !search.isProbing() && AnswerFaults.isOfAnswer(failure)
                && pass.faultyIds() < AnswerFaults.PER_PASS_MAX;
    }

    @Override
    public void isolate(SyncException failure) {
        if (asksNewest) {
            asksNewest = false;
            pass.newest(Optional.empty());
        } else if (collector.isolates(failure)) {
            collector.isolate();
        } else {
            search.failed(failure);
        }
    }

    @Override
    public List<PageRow> check(Page page) {
        if (asksNewest) {
            asksNewest = false;
            pass.newest(page.items().isEmpty() ? Optional.empty() : Optional.of(page.lastId()));
            return List.of();
        }
        if (search.isProbing()) {
            collector.requested();
            search.probed(range);
            return List.of();
        }
        if (search.isSearching()) {
            return checkPart(page);
        }
        return collector.check(request(), page, isEmptyList(page));
    }

    /**
     * A first list without any record is read twice: nothing that comes later would show that it has some. A sweep that
     * finds none asks for each row that is here.
     */
    private boolean isEmptyList(Page page) {
        return page.items().isEmpty() && range.equals(IdRange.ALL) && checkpoint().pass() == PassKind.WALK;
    }

    /** The record is not there any more where a part of the range holds one, or none of them does. */
    private List<PageRow> checkPart(Page page) {
        collector.requested();
        if (!page.items().isEmpty() || !search.isEmptyPart()) {
            search.end();
        }
        return List.of();
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
        return collector.page().isPresent() || search.faulty().isPresent();
    }

    @Override
    public void restartBatch() {
        collector.drop();
        search.end();
    }

    @Override
    public Batch batch() {
        return search.faulty().map(id -> pass.batch(this, SetAside.unread(0, id, search.failure())))
                .orElseGet(() -> pass.batch(this, collector));
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        IdRange read = read();
        boolean hasNext = !read.equals(range);
        if (search.faulty().isPresent()) {
            pass.foundFaultyId();
            search.end();
            collector.skipped();
        } else {
            search.read(Math.max(1, collector.page().orElseThrow().items().size()));
            collector.landed(hasNext);
        }
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
