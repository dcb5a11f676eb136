package fr.pennylanesync.pass;

import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.api.Verdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.RecordMapper;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads the sub-lists of the parents that are due, a few parents a batch: each needs a request of its own. */
final class ChildrenPass implements SinglePass {

    /** About two seconds of a company's budget: what a crash may cost. */
    static final int PARENTS_PER_BATCH = 10;

    private final StreamDefinition stream;
    private final DueList due;
    private final Quarantine quarantine;
    private final UnaryOperator<Collection<Long>> live;
    private final Map<Long, Long> parents = new LinkedHashMap<>();
    private final Deque<Long> unread = new ArrayDeque<>();
    private final List<StreamRecord> records = new ArrayList<>();
    private Checkpoint checkpoint;
    private final List<Long> goneParents = new ArrayList<>();
    private final List<Long> forbiddenParents = new ArrayList<>();
    private final List<StreamRecord> ofParent = new ArrayList<>();
    private PageTrail trail = new PageTrail();
    private Optional<String> cursor = Optional.empty();
    private final RepeatedReading repeatedReading = new RepeatedReading();
    private int requests;

    /** @param live which of some parents the warehouse has */
    ChildrenPass(StreamDefinition stream, Checkpoint checkpoint, DueList due, Quarantine quarantine, UnaryOperator<Collection<Long>> live) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.due = due;
        this.quarantine = quarantine;
        this.live = live;
        takeParents();
    }

    /** A question that fails changes nothing. */
    private void takeParents() {
        Map<Long, Long> next = due.next(checkpoint.companyId(), stream.name(), 0, PARENTS_PER_BATCH);
        parents.clear();
        parents.putAll(next);
        unread.addAll(parents.keySet());
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public Priority priority() {
        return Priority.ENRICHMENT;
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
        ofParent.clear();
        unread.clear();
        unread.addAll(parents.keySet());
    }

    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream.pathOf(unread.getFirst()), stream.pageSizeMax());
        if (stream.sorted()) {
            request = request.sortedBy("id");
        }
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public void offer(Page page) {
        requests++;
        Verdict verdict = trail.check(request(), page);
        List<StreamRecord> read = page.items().stream().map(item -> RecordMapper.map(stream, unread.getFirst(), item)).toList();
        if (verdict == Verdict.SHORT && !repeatedReading.confirmsRecords(read, stream.path(), RepeatedReading.CONTRADICTORY)) {
            return;
        }
        repeatedReading.forget();
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
        repeatedReading.forget();
        trail = new PageTrail();
        cursor = Optional.empty();
    }

    /**
     * A parent that is gone has no sub-list any more: its rows go with it. A sub-list that is not handed out is set aside, its rows stay;
     * where none of a whole batch is, the company has no right to any of them. One that is not found though its parent is here is set
     * aside as well: the company may lack what it belongs to.
     */
    @Override
    public boolean endures(SyncException failure) {
        requests++;
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
    public LandedBatch land(Landing landing, Dependents dependents) {
        Map<Long, Long> answered = new LinkedHashMap<>(parents);
        Map<Long, ErrorCode> reasons = new LinkedHashMap<>();
        forbiddenParents.forEach(parent -> reasons.put(parent, ApiErrorCode.FORBIDDEN));
        live.apply(goneParents).forEach(parent -> reasons.put(parent, ApiErrorCode.NOT_FOUND));
        Map<Long, Long> aside = new LinkedHashMap<>();
        reasons.keySet().forEach(parent -> aside.put(parent, answered.remove(parent)));
        Set<Long> known = quarantine.subLists(checkpoint, aside.keySet());
        LandedBatch landed = landing.land(Batch.subLists(stream, checkpoint, records, answered, requests), dependents, next());
        due.remove(checkpoint.companyId(), stream.name(), aside);
        reasons.forEach((parent, reason) -> quarantine.subList(checkpoint, parent, reason.name()));
        // The parent is asked for too: it may be gone, and its rows go with it. If it is there its sub-lists are asked for again, once.
        due.add(checkpoint.companyId(), stream.parent().orElseThrow(), goneParents.stream().filter(parent -> !known.contains(parent)).toList(),
                landed.id());
        return landed;
    }

    private Position next() {
        return ((Position.Worked) checkpoint.position()).next();
    }

    @Override
    public void landed() {
        takeParents();
        checkpoint = checkpoint.at(next());
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
        requests = 0;
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
