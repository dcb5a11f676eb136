package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the sub-lists of some of the parents that are due, a few parents a batch: each needs a request of its own. A
 * parent whose sub-list makes the server fail is passed by, set aside, and tried again later and later.
 */
final class ChildrenLane implements PageLane {

    /** No record has this id: a server that is there says that it knows nobody. */
    private static final long NOBODY = 0;
    private static final Set<ErrorCode> ANSWERS = Set.of(ApiErrorCode.NOT_FOUND, ApiErrorCode.FORBIDDEN,
            ApiErrorCode.BAD_REQUEST, ApiErrorCode.UNPROCESSABLE);

    private final ChildrenPass pass;
    private final SubListReader reader;
    private final List<StreamRecord> records = new ArrayList<>();
    private final List<Long> goneParents = new ArrayList<>();
    private final List<Long> forbiddenParents = new ArrayList<>();
    private final List<StreamRecord> ofParent = new ArrayList<>();
    private ChildrenPass.Share share = ChildrenPass.Share.NOTHING;
    private boolean begun;
    private Optional<Page> checked = Optional.empty();
    private int requests;
    private PageVerdict verdict = PageVerdict.SOUND;
    private final RepeatRead repeatRead = new RepeatRead();
    private final OddItems oddItems = new OddItems();
    private final ParentFaults faults = new ParentFaults();

    ChildrenLane(ChildrenPass pass) {
        this.pass = pass;
        this.reader = new SubListReader(pass.stream());
    }

    /** Takes its first parents: a lane that begins late takes those whose turn it is then. */
    void begin() {
        if (!begun) {
            takeParents();
            begun = true;
        }
    }

    /** Goes on with the parents that it has, or begins anew where it has none. */
    void open() {
        begun = hasParents();
    }

    /** A question that fails changes nothing. */
    private void takeParents() {
        share = pass.take(this);
        reader.begin(parents());
    }

    private Set<Long> parents() {
        return share.parents().keySet();
    }

    @Override
    public StreamDefinition stream() {
        return pass.stream();
    }

    @Override
    public Checkpoint checkpoint() {
        return pass.checkpoint().at(share.position());
    }

    /** Lets what belongs to documents of earlier years wait for whatever else there is. */
    @Override
    public Priority priority() {
        return share.recent() ? Priority.ENRICHMENT : Priority.BACKLOG;
    }

    @Override
    public boolean isUnfinished() {
        begin();
        return hasParents() && !pass.spreads();
    }

    boolean hasParents() {
        return !parents().isEmpty();
    }

    @Override
    public void restartBatch() {
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
        ofParent.clear();
        oddItems.forget();
        faults.forget();
        reader.begin(parents());
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
        requests++;
        if (faults.isProbing()) {
            probed();
            return List.of();
        }
        Page sound = reader.without(oddItems, page);
        verdict = reader.check(sound);
        checked = Optional.of(sound);
        return sound.items().stream().map(item -> new PageRow(stream(), reader.parent(), item)).toList();
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        Optional<Page> page = checked;
        checked = Optional.empty();
        page.ifPresent(sound -> take(sound, rows.stream().map(StreamRecord.class::cast).toList()));
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
        requests++;
        if (faults.isProbing()) {
            boolean answers = ANSWERS.contains(failure.code());
            if (answers) {
                probed();
            }
            return answers;
        }
        boolean settled = failure.code() == ApiErrorCode.NOT_FOUND
                || failure.code() == ApiErrorCode.FORBIDDEN
                        && forbiddenParents.size() < DueRecords.PARENTS_PER_BATCH - 1;
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
        return RecordBatch.subLists(stream(), checkpoint(), new Advance.PastBatch(share.position()), records,
                share.parents(), WithheldRecords.ofParents(forbiddenParents, goneParents).withFaulty(faulty()),
                requests);
    }

    private List<SetAside> faulty() {
        List<SetAside> faulty = new ArrayList<>(oddItems.kept());
        faults.faulty().forEach((parent, code) -> faulty.add(SetAside.unread(parent, 0, code)));
        return faulty;
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        pass.landed(share, faults.faulty().size());
        records.clear();
        goneParents.clear();
        forbiddenParents.clear();
        oddItems.forget();
        faults.forget();
        requests = 0;
        takeParents();
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
