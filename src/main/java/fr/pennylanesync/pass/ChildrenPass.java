package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.ErrorCode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reads the sub-lists of the parents that are due, a few parents a batch: each needs a request of its own. A parent
 * whose sub-list makes the server fail is passed by, set aside, and tried again later and later.
 */
public final class ChildrenPass extends SingleLanePass {

    /** About two seconds of a company's budget: what a crash may cost. */
    static final int PARENTS_PER_BATCH = 10;

    /** No record has this id: a server that is there says that it knows nobody. */
    private static final long NOBODY = 0;
    private static final Set<ErrorCode> ANSWERS = Set.of(ApiErrorCode.NOT_FOUND, ApiErrorCode.FORBIDDEN,
            ApiErrorCode.BAD_REQUEST, ApiErrorCode.UNPROCESSABLE);

    private final DueRecords due;
    private final Map<Long, Long> parents = new LinkedHashMap<>();
    private final SubListReader reader;
    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> goneParents = new ArrayList<>();
    private final List<Long> forbiddenParents = new ArrayList<>();
    private final List<StreamRecord> ofParent = new ArrayList<>();
    private final BooleanSupplier timeIsUp;
    private int setAside;
    private boolean recent = true;
    private boolean paused;
    private PageVerdict verdict = PageVerdict.SOUND;
    private final RepeatRead repeatRead = new RepeatRead();
    private final OddItems oddItems = new OddItems();
    private final ParentFaults faults = new ParentFaults();

    /** @param timeIsUp whether the rest is to be left for later, asked for behind each batch */
    public ChildrenPass(StreamDefinition stream, Checkpoint checkpoint, DueRecords due, BooleanSupplier timeIsUp) {
        super(stream, checkpoint, Priority.ENRICHMENT);
        this.due = due;
        this.timeIsUp = timeIsUp;
        this.reader = new SubListReader(stream);
        takeParents();
    }

    /** A question that fails changes nothing. */
    private void takeParents() {
        DueRecords.DueParents next = due.nextParents(checkpoint().companyId(), stream().name(), PARENTS_PER_BATCH);
        parents.clear();
        parents.putAll(next.batches());
        recent = next.recent();
        reader.begin(parents.keySet());
    }

    /** Lets what belongs to documents of earlier years wait for whatever else there is. */
    @Override
    public Priority priority() {
        return recent ? Priority.ENRICHMENT : Priority.BACKLOG;
    }

    @Override
    public boolean isUnfinished() {
        return !parents.isEmpty() && !isPaused();
    }

    /** Tells whether it leaves the rest for later: changes come first again. */
    public boolean isPaused() {
        return paused;
    }

    @Override
    public void restartBatch() {
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
        ofParent.clear();
        oddItems.forget();
        faults.forget();
        reader.begin(parents.keySet());
    }

    @Override
    public PageRequest request() {
        return faults.isProbing() ? PageRequest.of(stream().pathOf(NOBODY), stream().pageSizeMax()) : reader.request();
    }

    @Override
    public Page read(JsonNode answer) {
        return oddItems.read(answer, request().path());
    }

    @Override
    public List<PageRow> check(Page page) {
        requested();
        if (faults.isProbing()) {
            probed();
            return List.of();
        }
        Page sound = reader.without(oddItems, page);
        verdict = reader.check(sound);
        checked(sound);
        return sound.items().stream().map(item -> new PageRow(stream(), reader.parent(), item)).toList();
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
        ofParent.addAll(read);
        oddItems.taken(reader.parent());
        if (reader.advance(page)) {
            faults.answered();
            records.addAll(ofParent);
            ofParent.clear();
        }
    }

    /**
     * A parent that is gone has no sub-list any more: its rows go with it. A sub-list that is not handed out is set
     * aside, its rows stay; where none of a whole batch is, the company has no right to any of them. One that is not
     * found though its parent is here is set aside as well: the company may lack what it belongs to.
     */
    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        if (faults.isProbing()) {
            boolean answers = ANSWERS.contains(failure.code());
            if (answers) {
                probed();
            }
            return answers;
        }
        boolean settled = failure.code() == ApiErrorCode.NOT_FOUND
                || failure.code() == ApiErrorCode.FORBIDDEN && forbiddenParents.size() < PARENTS_PER_BATCH - 1;
        if (settled) {
            if (failure.code() == ApiErrorCode.FORBIDDEN) {
                forbiddenParents.add(reader.parent());
            } else if (!stream().optional()) {
                goneParents.add(reader.parent());
            }
            ofParent.clear();
            repeatRead.forget();
            reader.leaveParent();
        }
        return settled;
    }

    /** The server answers, so that the failure before counts. */
    private void probed() {
        if (faults.blames(reader.parent())) {
            ofParent.clear();
            repeatRead.forget();
            reader.leaveParent();
        } else {
            reader.begin(reader.unread());
            ofParent.clear();
        }
    }

    @Override
    public boolean isolates(SyncException failure) {
        return oddItems.explains(failure) || !faults.isProbing() && AnswerFaults.isOfAnswer(failure);
    }

    @Override
    public void isolate(SyncException failure) {
        if (oddItems.explains(failure)) {
            oddItems.sift();
        } else {
            faults.failed(failure);
        }
    }

    @Override
    public boolean isBatchReady() {
        return reader.isDone();
    }

    @Override
    public Batch batch() {
        return RecordBatch.subLists(stream(), checkpoint(), next(), records, parents,
                WithheldRecords.ofParents(forbiddenParents, goneParents).withFaulty(faulty()),
                batchRequests());
    }

    private List<SetAside> faulty() {
        List<SetAside> faulty = new ArrayList<>(oddItems.kept());
        faults.faulty().forEach((parent, code) -> faulty.add(SetAside.unread(parent, 0, code)));
        return faulty;
    }

    private Position next() {
        return ((Position.Worked) checkpoint().position()).next();
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        setAside += faults.faulty().size();
        oddItems.forget();
        faults.forget();
        takeParents();
        if (setAside >= AnswerFaults.PER_PASS_MAX) {
            parents.clear();
        }
        paused = !parents.isEmpty() && timeIsUp.getAsBoolean();
        moveTo(next());
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
    }

}
