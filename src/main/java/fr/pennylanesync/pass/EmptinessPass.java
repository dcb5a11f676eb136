package fr.pennylanesync.pass;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.state.Claims;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which of the parents that are due have nothing in their sub-list, a hundred with one question: the parents'
 * list is filtered by them and by every value that a sub-list can hold. A parent that two answers leave out has an
 * empty one. Goes on as long as that costs less than asking each; the others stay due.
 */
public final class EmptinessPass extends SingleLanePass {

    /** The answer that leaves a parent out is asked for twice: one alone may have lost something. */
    static final int READINGS = 2;
    /** Taken for the share of empty sub-lists before anything is known. */
    private static final double EMPTY_AT_FIRST = 0.5;
    private static final Set<ErrorCode> REFUSALS = Set.of(ApiErrorCode.BAD_REQUEST, ApiErrorCode.UNPROCESSABLE,
            ApiErrorCode.FORBIDDEN, ApiErrorCode.NOT_FOUND, ApiErrorCode.SCOPE_MISSING);

    /** Names what tells which sub-lists are due, and which of them need not be asked for. */
    public record Tables(DueRecords due, Claims claims) {}

    /**
     * Holds what the question is made of.
     *
     * @param parents the list that is filtered
     * @param values the list whose records the sub-lists hold, in the order of ids
     * @param field by which the parents' list filters by them
     * @param known ids of such records that are here; more may be there meanwhile
     */
    public record Question(StreamDefinition parents, StreamDefinition values, String field, Collection<Long> known) {}

    private final Tables tables;
    private final Optional<Question> question;
    private final TreeSet<Long> values = new TreeSet<>();
    private final Deque<PageRequest> open = new ArrayDeque<>();
    private final Set<Long> filled = new TreeSet<>();
    private Map<Long, Long> taken = Map.of();
    private PageTrail valuesTrail = new PageTrail();
    private boolean isRefused;
    private boolean shortBefore;
    private boolean noneBefore;
    private long asked;
    private long empty;

    /** @param question none where nothing tells: the pass is at its end then */
    public EmptinessPass(StreamDefinition stream, Checkpoint checkpoint, Tables tables,
            Optional<Question> question) {
        super(stream, checkpoint, Priority.ENRICHMENT);
        this.tables = tables;
        this.question = question;
        question.ifPresent(asked -> {
            values.addAll(asked.known());
            takeDue(0);
        });
    }

    /** Sub-lists that no batch made due, but a sweep or a person, are asked for whatever is proven. */
    private void takeDue(long afterId) {
        Map<Long, Long> next = new LinkedHashMap<>(
                tables.due().next(checkpoint().companyId(), stream().name(), afterId, Condition.LARGEST_LIST));
        next.values().removeIf(batch -> batch <= 0);
        double expected = next.size() * (asked == 0 ? EMPTY_AT_FIRST : (double) empty / asked);
        taken = expected > READINGS * chunks().size() + 1 ? next : Map.of();
        restartBatch();
    }

    private List<List<Long>> chunks() {
        List<Long> all = List.copyOf(values);
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Condition.LARGEST_LIST) {
            chunks.add(all.subList(from, Math.min(all.size(), from + Condition.LARGEST_LIST)));
        }
        return chunks;
    }

    @Override
    public boolean isUnfinished() {
        return !isRefused && !taken.isEmpty();
    }

    /** Tells whether Pennylane does not answer the question. */
    public boolean isRefused() {
        return isRefused;
    }

    /** Begins with the values, which become more while the pass goes on: all of them first, later those behind. */
    @Override
    public void restartBatch() {
        open.clear();
        filled.clear();
        noneBefore = false;
        if (!taken.isEmpty()) {
            valuesTrail = new PageTrail();
            open.add(valuesBehind(asked == 0 || values.isEmpty() ? 0 : values.last()));
        }
    }

    private Question question() {
        return question.orElseThrow();
    }

    private PageRequest valuesBehind(long id) {
        StreamDefinition list = question().values();
        return PageRequest.of(list.path(), list.pageSizeMax()).sortedBy("id")
                .where(Condition.of("id", Operator.GT, id));
    }

    private void ask() {
        for (int reading = 0; reading < READINGS; reading++) {
            chunks().forEach(chunk -> open.add(PageRequest.of(question().parents().path(), Condition.LARGEST_LIST)
                    .sortedBy("id").where(Condition.in("id", taken.keySet()))
                    .where(Condition.in(question().field(), chunk))));
        }
    }

    @Override
    public PageRequest request() {
        return open.getFirst();
    }

    @Override
    public List<PageRow> check(Page page) {
        requested();
        PageRequest request = request();
        boolean isValues = request.path().equals(question().values().path());
        PageVerdict verdict = (isValues ? valuesTrail : new PageTrail()).check(request, page);
        if (verdict == PageVerdict.SHORT && !shortBefore) {
            shortBefore = true;
            throw FailureFacts.at(request.path()).failure(ApiErrorCode.SHORT_PAGE);
        }
        shortBefore = false;
        open.removeFirst();
        page.items().forEach(item -> (isValues ? values : filled).add(item.path("id").longValue()));
        if (isValues && page.hasMore()) {
            open.addFirst(valuesBehind(page.lastId()));
        } else if (isValues && values.isEmpty() && !noneBefore) {
            // One answer may have lost them, and without any value every sub-list would be empty.
            noneBefore = true;
            valuesTrail = new PageTrail();
            open.addFirst(valuesBehind(0));
        } else if (isValues) {
            ask();
        } else if (page.hasMore()) {
            // More than was asked for: the filter is not what it is taken for.
            filled.addAll(taken.keySet());
        }
        return List.of();
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        // What the answers tell is taken with their check: none of their rows is landed.
    }

    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        isRefused = REFUSALS.contains(failure.code());
        return isRefused;
    }

    /** A question that fails again and again is not put: each sub-list is asked for. */
    @Override
    public boolean isolates(SyncException failure) {
        return AnswerFaults.isOfContent(failure);
    }

    @Override
    public void isolate(SyncException failure) {
        taken = Map.of();
        open.clear();
    }

    @Override
    public boolean isBatchReady() {
        return isUnfinished() && open.isEmpty();
    }

    @Override
    public Batch batch() {
        return RecordBatch.proven(stream(), checkpoint(), next(), List.of(), tables.claims()
                .empty(checkpoint().companyId(), stream(), leftOut()), batchRequests());
    }

    private Map<Long, Long> leftOut() {
        Map<Long, Long> leftOut = new LinkedHashMap<>(taken);
        leftOut.keySet().removeAll(filled);
        return leftOut;
    }

    private Position next() {
        return ((Position.Worked) checkpoint().position()).next();
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        long last = taken.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        asked += taken.size();
        empty += leftOut().size();
        moveTo(next());
        takeDue(last);
    }
}
