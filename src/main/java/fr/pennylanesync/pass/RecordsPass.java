package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.WithheldRecords;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.StreamDefinition;
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
 * Reads the records that are due, a hundred a request. One that does not come back is deleted if its feed, or a
 * complete list, said so; else it is asked for once alone: "not found" deletes it, "forbidden" sets it aside, and if it
 * is there all the same it stays due for one more reading, then is set aside. One that makes the server fail is found,
 * set aside, and tried again later and later.
 */
public final class RecordsPass extends SingleLanePass {

    /** No record has this id. */
    private static final List<Long> NOTHING = List.of(0L);

    private final DueRecords due;
    private final Map<Long, Long> answered = new LinkedHashMap<>();
    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> gone = new ArrayList<>();
    private final List<Long> forbidden = new ArrayList<>();
    private final Map<Long, Long> unlisted = new LinkedHashMap<>();
    private final Deque<Long> doubtful = new ArrayDeque<>();
    private final FaultSearch search = new FaultSearch();
    private final OddItems oddItems = new OddItems();
    private final IncludedChild includedChild;
    private final SubListsOfPages subLists = new SubListsOfPages();
    private Map<Long, Long> taken;
    private Set<Long> saidGone = Set.of();
    private boolean listed;
    private boolean shortBefore;
    private long afterId;
    private int setAside;

    public RecordsPass(StreamDefinition stream, Checkpoint checkpoint, DueRecords due) {
        this(stream, checkpoint, due, new IncludedChild(Optional.empty()));
    }

    /** @param includedChild comes along with the records */
    public RecordsPass(StreamDefinition stream, Checkpoint checkpoint, DueRecords due, IncludedChild includedChild) {
        super(stream, checkpoint, Priority.CHANGES);
        this.due = due;
        this.includedChild = includedChild;
        takeDue();
    }

    /**
     * Always behind what was taken before: what stays due waits for the next sync. A question that fails changes
     * nothing.
     */
    private void takeDue() {
        Map<Long, Long> next = due.next(checkpoint().companyId(), stream().name(), afterId, Condition.LARGEST_LIST);
        saidGone = next.isEmpty() ? Set.of() : due.gone(checkpoint().companyId(), stream().name(), next.keySet());
        taken = next;
        afterId = taken.keySet().stream().reduce((first, second) -> second).orElse(afterId);
        listed = false;
        search.begin(taken.keySet());
    }

    @Override
    public boolean isUnfinished() {
        return !taken.isEmpty();
    }

    @Override
    public void restartBatch() {
        records.clear();
        subLists.forget();
        gone.clear();
        forbidden.clear();
        unlisted.clear();
        answered.clear();
        doubtful.clear();
        listed = false;
        search.begin(taken.keySet());
        oddItems.forget();
    }

    @Override
    public PageRequest request() {
        if (listed && !search.isProbing()) {
            return PageRequest.whole(stream().path() + "/" + doubtful.getFirst());
        }
        PageRequest list = PageRequest.of(stream().path(), Condition.LARGEST_LIST).sortedBy("id")
                .where(Condition.in("id", search.isProbing() ? NOTHING : search.ids()));
        return search.isProbing() ? list : subLists.asking(list, includedChild);
    }

    /**
     * A record that is asked for alone exists if it answers; get-one has another shape than the list, so it is not
     * landed.
     */
    @Override
    public Page read(JsonNode answer) {
        if (!listed || search.isProbing()) {
            return oddItems.read(answer, request().path());
        }
        ObjectNode record = PageReader.readRecord(answer, request().path());
        if (record.path("id").longValue() != doubtful.getFirst()) {
            throw FailureFacts.at(request().path()).failure(ApiErrorCode.ITEM_WITHOUT_ID);
        }
        return new Page(List.of(), false, Optional.empty(), Map.of());
    }

    @Override
    public List<PageRow> check(Page page) {
        requested();
        if (search.isProbing()) {
            search.answered();
            endList();
            return List.of();
        }
        if (listed) {
            long id = doubtful.removeFirst();
            unlisted.put(id, taken.get(id));
            return List.of();
        }
        Page sound = oddItems.without(new PageTrail(), request(), page);
        PageVerdict verdict = new PageTrail().check(request(), sound);
        if (verdict == PageVerdict.SHORT && !shortBefore) {
            shortBefore = true;
            throw FailureFacts.at(stream().path()).failure(ApiErrorCode.SHORT_PAGE);
        }
        shortBefore = false;
        checked(sound);
        List<PageRow> rows = new ArrayList<>(
                sound.items().stream().map(item -> new PageRow(stream(), 0, item)).toList());
        rows.addAll(subLists.rows(sound));
        return rows;
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        Optional<Page> page = takeChecked();
        if (page.isEmpty()) {
            return;
        }
        List<StreamRecord> all = rows.stream().map(StreamRecord.class::cast).toList();
        int own = page.get().items().size();
        records.addAll(all.subList(0, own));
        subLists.take(page.get(), all.subList(own, all.size()));
        oddItems.taken(0);
        search.answered();
        endList();
    }

    /** A record that was asked for and is not there is doubtful, unless something is known of it. */
    private void endList() {
        if (listed || !search.isDone()) {
            return;
        }
        Set<Long> present = records.stream().map(StreamRecord::id).collect(Collectors.toSet());
        for (long id : search.asked()) {
            if (present.contains(id)) {
                answered.put(id, taken.get(id));
            } else if (saidGone.contains(id)) {
                conclude(id, gone);
            } else {
                doubtful.add(id);
            }
        }
        listed = true;
    }

    private void conclude(long id, List<Long> as) {
        as.add(id);
        answered.put(id, taken.get(id));
    }

    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        if (!listed && !search.isProbing() && subLists.isRefused(failure, includedChild)) {
            return true;
        }
        boolean settled =
                listed && !search.isProbing()
                        && (failure.code() == ApiErrorCode.NOT_FOUND || failure.code() == ApiErrorCode.FORBIDDEN);
        if (settled) {
            conclude(doubtful.removeFirst(), failure.code() == ApiErrorCode.NOT_FOUND ? gone : forbidden);
        }
        return settled;
    }

    @Override
    public boolean isolates(SyncException failure) {
        return oddItems.explains(failure) || !search.isProbing() && AnswerFaults.isOfAnswer(failure);
    }

    @Override
    public void isolate(SyncException failure) {
        if (oddItems.explains(failure)) {
            oddItems.sift();
        } else if (listed) {
            search.failedAgain(doubtful.removeFirst(), failure);
        } else {
            search.failed(failure);
        }
    }

    @Override
    public boolean isBatchReady() {
        return listed && doubtful.isEmpty() && !search.isProbing();
    }

    @Override
    public Batch batch() {
        return RecordBatch.refresh(stream(), checkpoint(), next(), records, gone, answered,
                WithheldRecords.ofRecords(forbidden, unlisted).withFaulty(faulty()), subLists.included(),
                batchRequests());
    }

    private List<SetAside> faulty() {
        List<SetAside> faulty = new ArrayList<>(oddItems.kept());
        search.faulty().forEach((id, code) -> faulty.add(SetAside.unread(0, id, code)));
        return faulty;
    }

    private Position next() {
        return ((Position.Worked) checkpoint().position()).next();
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        setAside += search.faulty().size();
        takeDue();
        if (setAside >= AnswerFaults.PER_PASS_MAX) {
            taken = Map.of();
        }
        moveTo(next());
        restartBatch();
    }
}
