package fr.pennylanesync.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.pass.PageRow;
import fr.pennylanesync.pass.SingleLanePass;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the API, in one request, for some records that the data sharing has: whether an id means the same record in both
 * is nowhere promised. Rows that are older than the share's lag are compared if there are any, on the fields that both
 * have. Where there is nothing to compare, nothing is proven: no verdict is given.
 */
final class SamplePass extends SingleLanePass {

    /** Is as many as one request can name. */
    static final int ROWS = Condition.LARGEST_LIST;

    private static final EventLog LOG = EventLog.of(SamplePass.class);
    /** The share of records to be found, and to agree: below it, ids do not mean the same. */
    private static final double ENOUGH = 0.8;

    /** Takes the verdict, with the figures that it rests on. */
    interface VerdictNotes {

        void verdict(long companyId, String stream, IdMatch verdict, int sampled, int found, int agreeing);
    }

    private final Map<Long, ShareRow> sample;
    private final VerdictNotes notes;

    SamplePass(StreamDefinition stream, long companyId, List<ShareRow> sample, VerdictNotes notes) {
        super(stream,
                new Checkpoint(companyId, stream.name(), PassKind.HISTORY, 0, new Position.Reading("sample", 0, 0)),
                Priority.WALK);
        this.notes = notes;
        this.sample = new TreeMap<>(
                sample.stream().collect(Collectors.toMap(ShareRow::id, Function.identity(), (one, other) -> one)));
        if (sample.isEmpty()) {
            LOG.log(new ShareEvent.ShareIdsNotCompared(companyId, stream.name()));
            moveTo(new Position.Ended());
        }
    }

    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream().path(), stream().pageSizeMax());
        if (!stream().reading().selectableById()) {
            return stream().sorted() ? request.sortedBy("id") : request;
        }
        return PageRequest.of(stream().path(), ROWS).sortedBy("id").where(Condition.in("id", sample.keySet()));
    }

    @Override
    public List<PageRow> check(Page received) {
        requested();
        new PageTrail().check(request(), received);
        checked(received);
        return List.of();
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        takeChecked().ifPresent(answer -> {
            compare(answer);
            moveTo(new Position.Ended());
        });
    }

    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        return false;
    }

    @Override
    public boolean isBatchReady() {
        return false;
    }

    @Override
    public void restartBatch() {
        // Nothing is kept of an answer that was not taken.
    }

    /** There is nothing to land: the comparison is noted as soon as the answer is there. */
    @Override
    public Batch batch() {
        throw new IllegalStateException("a comparison lands no batch");
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        throw new IllegalStateException("a comparison lands no batch");
    }

    private void compare(Page answer) {
        SampleComparison comparison = new SampleComparison(stream());
        Map<Long, ObjectNode> items = answer.items().stream()
                .collect(Collectors.toMap(item -> item.path("id").longValue(), Function.identity()));
        long last = answer.hasMore() ? answer.lastId() : Long.MAX_VALUE;
        sample.values().stream().filter(row -> row.id() <= last)
                .forEach(row -> comparison.add(row, Optional.ofNullable(items.get(row.id()))));
        if (comparison.sampled() == 0) {
            LOG.log(new ShareEvent.ShareIdsNotCompared(companyId(), stream().name()));
            return;
        }
        IdMatch verdict = comparison.isSame(ENOUGH) ? IdMatch.SAME : IdMatch.APART;
        notes.verdict(companyId(), stream().name(), verdict, comparison.sampled(), comparison.found(),
                comparison.agreeing());
        LOG.log(new ShareEvent.ShareIdsCompared(companyId(), stream().name(), verdict.name(), comparison.sampled(),
                comparison.found(),
                comparison.agreeing()));
    }
}
