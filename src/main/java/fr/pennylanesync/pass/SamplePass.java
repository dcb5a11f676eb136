package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.Condition;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.Pass;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.ShareNotes;
import fr.pennylanesync.warehouse.ShareNotes.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API, in one request, for some records that the data sharing has: whether an id means the same record in both is nowhere
 * promised. Rows that are older than the share's lag are compared if there are any, on the fields that both have. Where there is nothing
 * to compare, nothing is proven: no verdict is given.
 */
final class SamplePass implements SinglePass {

    /** As many as one request can name. */
    static final int ROWS = Condition.LARGEST_LIST;

    private static final Logger LOG = LoggerFactory.getLogger(SamplePass.class);
    /** Below this share of found, or of agreeing records, ids do not mean the same. */
    private static final double ENOUGH = 0.8;

    private final StreamDefinition stream;
    private final Map<Long, ShareRow> sample;
    private final ShareNotes notes;
    private Checkpoint checkpoint;
    private Optional<Page> page = Optional.empty();
    private int requests;

    SamplePass(StreamDefinition stream, long companyId, List<ShareRow> sample, ShareNotes notes) {
        this.stream = stream;
        this.notes = notes;
        this.sample = new TreeMap<>(sample.stream().collect(Collectors.toMap(ShareRow::id, Function.identity(), (one, other) -> one)));
        this.checkpoint = new Checkpoint(companyId, stream.name(), Pass.HISTORY, 0, new Position.Reading("sample", 0, 0));
        if (sample.isEmpty()) {
            page = Optional.of(new Page(List.of(), false, Optional.empty(), Map.of()));
        }
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
        return Priority.WALK;
    }

    @Override
    public boolean isUnfinished() {
        return !checkpoint.isEnded();
    }

    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream.path(), stream.pageSizeMax());
        if (!stream.reading().selectableById()) {
            return stream.sorted() ? request.sortedBy("id") : request;
        }
        return PageRequest.of(stream.path(), ROWS).sortedBy("id").where(Condition.in("id", sample.isEmpty() ? List.of(0L) : sample.keySet()));
    }

    @Override
    public void offer(Page received) {
        requests++;
        new PageTrail().check(request(), received);
        page = Optional.of(received);
    }

    @Override
    public boolean endures(SyncException failure) {
        requests++;
        return false;
    }

    @Override
    public boolean isBatchReady() {
        return page.isPresent();
    }

    @Override
    public void restartBatch() {
        page = Optional.empty();
    }

    @Override
    public LandedBatch land(Landing landing, Dependents dependents) {
        SampleComparison comparison = new SampleComparison(stream);
        Page answer = page.orElseThrow();
        Map<Long, ObjectNode> items = answer.items().stream().collect(Collectors.toMap(item -> item.path("id").longValue(), Function.identity()));
        long last = answer.hasMore() ? Ids.last(answer) : Long.MAX_VALUE;
        sample.values().stream().filter(row -> row.id() <= last).forEach(row -> comparison.add(row, Optional.ofNullable(items.get(row.id()))));
        if (comparison.sampled() == 0) {
            LOG.info("share_ids_not_compared company={} stream={}", checkpoint.companyId(), stream.name());
            return new LandedBatch(0, 0, 0, 0, Sha256.ZERO);
        }
        Verdict verdict = comparison.isSame(ENOUGH) ? Verdict.SAME : Verdict.APART;
        notes.verdict(checkpoint.companyId(), stream.name(), verdict, comparison.sampled(), comparison.found(), comparison.agreeing());
        LOG.info("share_ids_compared company={} stream={} verdict={} sampled={} found={} agreeing={}", checkpoint.companyId(), stream.name(),
                verdict, comparison.sampled(), comparison.found(), comparison.agreeing());
        return new LandedBatch(0, 0, 0, 0, Sha256.ZERO);
    }

    @Override
    public void landed() {
        checkpoint = checkpoint.at(new Position.Ended());
        page = Optional.empty();
        requests = 0;
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
