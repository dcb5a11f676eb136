package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.Condition;
import fr.pennylanesync.api.Deadline;
import fr.pennylanesync.api.FailureFacts;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageReader;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.api.ReadLimits;
import fr.pennylanesync.api.Verdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
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
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the records that are due, a hundred a request. One that does not come back is deleted if its feed, or a complete list, said so;
 * else it is asked for once alone: "not found" deletes it, "forbidden" sets it aside, and if it is there all the same it stays due for one
 * more reading, then is set aside.
 */
final class RecordsPass implements SinglePass {

    private final StreamDefinition stream;
    private final DueList due;
    private final Quarantine quarantine;
    private final Map<Long, Long> answered = new LinkedHashMap<>();
    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> gone = new ArrayList<>();
    private final List<Long> forbidden = new ArrayList<>();
    private final List<Long> unlisted = new ArrayList<>();
    private final Deque<Long> doubtful = new ArrayDeque<>();
    private Checkpoint checkpoint;
    private Map<Long, Long> taken;
    private Set<Long> saidGone = Set.of();
    private boolean listed;
    private boolean shortBefore;
    private long afterId;
    private int requests;

    RecordsPass(StreamDefinition stream, Checkpoint checkpoint, DueList due, Quarantine quarantine) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.due = due;
        this.quarantine = quarantine;
        take();
    }

    /** Always behind what was taken before: what stays due waits for the next sync. A question that fails changes nothing. */
    private void take() {
        Map<Long, Long> next = due.next(checkpoint.companyId(), stream.name(), afterId, Condition.LARGEST_LIST);
        saidGone = next.isEmpty() ? Set.of() : due.gone(checkpoint.companyId(), stream.name(), next.keySet());
        taken = next;
        afterId = taken.keySet().stream().reduce((first, second) -> second).orElse(afterId);
        listed = false;
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
        return Priority.CHANGES;
    }

    @Override
    public boolean isUnfinished() {
        return !taken.isEmpty();
    }

    @Override
    public void restartBatch() {
        records.clear();
        gone.clear();
        forbidden.clear();
        unlisted.clear();
        answered.clear();
        doubtful.clear();
        listed = false;
    }

    @Override
    public PageRequest request() {
        if (listed) {
            return PageRequest.whole(stream.path() + "/" + doubtful.getFirst());
        }
        return PageRequest.of(stream.path(), Condition.LARGEST_LIST).sortedBy("id").where(Condition.in("id", taken.keySet()));
    }

    /** A record that is asked for alone exists if it answers; get-one has another shape than the list, so it is not landed. */
    @Override
    public Page read(InputStream body, ReadLimits limits, Deadline deadline) {
        if (!listed) {
            return SinglePass.super.read(body, limits, deadline);
        }
        ObjectNode record = PageReader.readRecord(body, request().path(), limits, deadline);
        if (record.path("id").longValue() != doubtful.getFirst()) {
            throw FailureFacts.at(request().path()).failure(ApiErrorCode.ITEM_WITHOUT_ID);
        }
        return new Page(List.of(), false, Optional.empty(), Map.of());
    }

    @Override
    public void offer(Page page) {
        requests++;
        if (listed) {
            unlisted.add(doubtful.removeFirst());
            return;
        }
        Verdict verdict = new PageTrail().check(request(), page);
        if (verdict == Verdict.SHORT && !shortBefore) {
            shortBefore = true;
            throw FailureFacts.at(stream.path()).failure(ApiErrorCode.SHORT_PAGE);
        }
        shortBefore = false;
        page.items().forEach(item -> records.add(RecordMapper.map(stream, 0, item)));
        Set<Long> present = records.stream().map(StreamRecord::id).collect(Collectors.toSet());
        for (long id : taken.keySet()) {
            if (present.contains(id)) {
                answered.put(id, taken.get(id));
            } else if (saidGone.contains(id)) {
                settle(id, gone);
            } else {
                doubtful.add(id);
            }
        }
        listed = true;
    }

    private void settle(long id, List<Long> as) {
        as.add(id);
        answered.put(id, taken.get(id));
    }

    @Override
    public boolean endures(SyncException failure) {
        requests++;
        boolean settled = listed
                && (failure.code() == ApiErrorCode.NOT_FOUND || failure.code() == ApiErrorCode.FORBIDDEN);
        if (settled) {
            settle(doubtful.removeFirst(), failure.code() == ApiErrorCode.NOT_FOUND ? gone : forbidden);
        }
        return settled;
    }

    @Override
    public boolean isBatchReady() {
        return listed && doubtful.isEmpty();
    }

    @Override
    public LandedBatch land(Landing landing, Dependents dependents) {
        forbidden.forEach(id -> quarantine.record(checkpoint, id, ApiErrorCode.FORBIDDEN.name()));
        // It may have been away for a moment: only the second time it is no longer asked for.
        unlisted.stream().filter(id -> !quarantine.record(checkpoint, id, Quarantine.NOT_LISTED))
                .forEach(id -> answered.put(id, taken.get(id)));
        return landing.land(Batch.refresh(stream, checkpoint, records, gone, answered, requests), dependents, next());
    }

    private Position next() {
        return ((Position.Worked) checkpoint.position()).next();
    }

    @Override
    public void landed() {
        take();
        checkpoint = checkpoint.at(next());
        restartBatch();
        requests = 0;
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
