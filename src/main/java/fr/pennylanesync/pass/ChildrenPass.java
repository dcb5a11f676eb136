package fr.pennylanesync.pass;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.BatchItem;
import fr.pennylanesync.landing.DueRecords;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.StreamRecord;
import fr.pennylanesync.landing.WithheldRecords;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sub-lists of the parents that are due, a few parents a batch: each needs a request of its own. */
public final class ChildrenPass extends SingleLanePass {

    /** About two seconds of a company's budget: what a crash may cost. */
    static final int PARENTS_PER_BATCH = 10;

    private final DueRecords due;
    private final Map<Long, Long> parents = new LinkedHashMap<>();
    private final Deque<Long> unread = new ArrayDeque<>();
    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> goneParents = new ArrayList<>();
    private final List<Long> forbiddenParents = new ArrayList<>();
    private final List<StreamRecord> ofParent = new ArrayList<>();
    private PageTrail trail = new PageTrail();
    private PageVerdict verdict = PageVerdict.SOUND;
    private Optional<String> cursor = Optional.empty();
    private final RepeatRead repeatRead = new RepeatRead();

    public ChildrenPass(StreamDefinition stream, Checkpoint checkpoint, DueRecords due) {
        super(stream, checkpoint, Priority.ENRICHMENT);
        this.due = due;
        takeParents();
    }

    /** A question that fails changes nothing. */
    private void takeParents() {
        Map<Long, Long> next = due.next(checkpoint().companyId(), stream().name(), 0, PARENTS_PER_BATCH);
        parents.clear();
        parents.putAll(next);
        unread.addAll(parents.keySet());
    }

    @Override
    public boolean isUnfinished() {
        return !parents.isEmpty();
    }

    @Override
    public void restartBatch() {
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
        unread.addAll(parents.keySet());
    }

    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream().pathOf(unread.getFirst()), stream().pageSizeMax());
        if (stream().sorted()) {
            request = request.sortedBy("id");
        }
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public List<PageRow> check(Page page) {
        requested();
        verdict = trail.check(request(), page);
        checked(page);
        return page.items().stream().map(item -> new PageRow(stream(), unread.getFirst(), item)).toList();
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        takeChecked().ifPresent(page -> take(page, rows.stream().map(StreamRecord.class::cast).toList()));
    }

    private void take(Page page, List<StreamRecord> read) {
        if (verdict == PageVerdict.SHORT
                && !repeatRead.confirmsRecords(read, stream().path(), RepeatRead.CONTRADICTORY)) {
            return;
        }
        repeatRead.forget();
        trail.advance(page);
        ofParent.addAll(read);
        cursor = page.nextCursor();
        if (!page.hasMore()) {
            parentIsRead();
        }
    }

    private void parentIsRead() {
        unread.removeFirst();
        records.addAll(ofParent);
        ofParent.clear();
        repeatRead.forget();
        trail = new PageTrail();
        cursor = Optional.empty();
    }

    /**
     * A parent that is gone has no sub-list any more: its rows go with it. A sub-list that is not handed out is set
     * aside, its rows stay; where none of a whole batch is, the company has no right to any of them. One that is not
     * found though its parent is here is set aside as well: the company may lack what it belongs to.
     */
    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        boolean settled = failure.code() == ApiErrorCode.NOT_FOUND
                || failure.code() == ApiErrorCode.FORBIDDEN && forbiddenParents.size() < PARENTS_PER_BATCH - 1;
        if (settled) {
            (failure.code() == ApiErrorCode.NOT_FOUND ? goneParents : forbiddenParents).add(unread.getFirst());
            ofParent.clear();
            parentIsRead();
        }
        return settled;
    }

    @Override
    public boolean isBatchReady() {
        return unread.isEmpty();
    }

    @Override
    public Batch batch() {
        return RecordBatch.subLists(stream(), checkpoint(), next(), records, parents,
                WithheldRecords.ofParents(forbiddenParents, goneParents),
                batchRequests());
    }

    private Position next() {
        return ((Position.Worked) checkpoint().position()).next();
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        takeParents();
        moveTo(next());
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
    }

}
