package fr.pennylanesync.landing;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.Claim;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.landing.table.ChangedFields;
import fr.pennylanesync.landing.table.FieldChanges;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes with a batch which sub-lists need not be asked for, and holds those that were against what was proven. */
final class ProvenSubLists {

    private static final EventLog LOG = EventLog.of(ProvenSubLists.class);

    private final LandingTables tables;
    private final RecordBatch batch;
    private final ChangedFields fields;
    private Set<Long> ofOneEvent = Set.of();
    private Map<Long, FieldChanges> changes = Map.of();

    ProvenSubLists(LandingTables tables, RecordBatch batch) {
        this.tables = tables;
        this.batch = batch;
        this.fields = new ChangedFields(tables.jdbc());
    }

    /** Looks up what made the records of the batch due, while that is noted still. */
    void begin(Collection<StreamDefinition> children, long batchId) {
        if (batch.touched() && children.stream().anyMatch(child -> !child.evidence().concernedBy().isEmpty())) {
            ofOneEvent = tables.due().ofOneEvent(companyId(), batch.stream().name(), batch.answered());
            changes = fields.of(batch.stream(), companyId(), ofOneEvent, batchId);
        }
    }

    /**
     * Makes sub-lists due, but for those that are as they were.
     *
     * @param concerned the parents whose sub-lists the batch can concern, by the streams of these
     * @param changedAlong the parents of which a sub-list that came along has changed
     */
    void makeDue(Map<StreamDefinition, Set<Long>> concerned, Set<Long> changedAlong, long batchId) {
        ReasonSearch search = ReasonSearch.begin(tables, companyId(), concerned.keySet(), changes, changedAlong);
        concerned.forEach((child, parents) -> {
            Claim unchanged = unchanged(child, parents, search, batchId);
            Set<Long> asked = new HashSet<>(parents);
            asked.removeAll(unchanged.proves());
            Set<Long> waiting = search.waiting(child, asked);
            asked.removeAll(waiting);
            tables.proofs().forget(companyId(), child.name(), asked);
            tables.proofs().note(companyId(), child.name(), unchanged);
            tables.due().add(companyId(), child.name(), asked, batchId);
            search.before(child).ifPresent(
                    first -> tables.waiting().add(companyId(), child.name(), waiting, batchId, first));
        });
    }

    /**
     * Claims that sub-lists of the parents are as they were, by what changed of the parents. What waits to be read is
     * not: it may never have been here, and it is read.
     */
    private Claim unchanged(StreamDefinition child, Collection<Long> parents, ReasonSearch search, long batchId) {
        List<String> concerning = child.evidence().concernedBy();
        if (concerning.isEmpty() || changes.isEmpty()
                || !tables.proofs().isUsable(companyId(), child.name(), Proof.UNCHANGED)) {
            return new Claim(Proof.UNCHANGED, Map.of(), Map.of());
        }
        Map<Long, Long> proven = new HashMap<>();
        for (long parent : parents) {
            if (search.isOver(parent) || changes.getOrDefault(parent, FieldChanges.NONE)
                    .spares(concerning, child.evidence().settlement())) {
                proven.put(parent, batchId);
            }
        }
        proven.keySet().removeAll(tables.due().among(companyId(), child.name(), proven.keySet()));
        return tables.proofs().unchanged(companyId(), child.name(), proven);
    }

    /** Returns the parents of which a sub-list that came along has changed, where that may be what an event was for. */
    Set<Long> changedAlong(WrittenRows rows, long batchId) {
        return changes.isEmpty() ? Set.of() : differing(rows, batchId);
    }

    /** Returns the sub-lists that came along and are relied on: what one contradicted is not written. */
    List<RecordBatch.Included> trusted(List<RecordBatch.Included> included) {
        return included.stream().filter(list -> tables.proofs().isUsable(companyId(), list.stream().name(),
                Proof.INCLUDE)).toList();
    }

    /**
     * Notes of the sub-lists that came along what they stand for, and makes due those that are watched.
     *
     * @param gone parents that are deleted: of their sub-lists nothing has to be proven
     */
    void included(RecordBatch.Included included, Set<Long> gone, long batchId) {
        String stream = included.stream().name();
        Map<Long, List<StreamRecord>> records =
                included.records().stream().collect(Collectors.groupingBy(StreamRecord::parentId));
        Map<Long, Long> brought = new HashMap<>();
        included.wholeParents().stream().filter(parent -> !gone.contains(parent))
                .forEach(parent -> brought.put(parent, batchId));
        Claim claim = tables.proofs().included(companyId(), stream, brought,
                parent -> Claim.expected(records.getOrDefault(parent, List.of())));
        tables.due().removeAll(companyId(), stream, included.wholeParents());
        tables.due().add(companyId(), stream, claim.watched().keySet(), batchId);
        tables.proofs().forget(companyId(), stream, included.wholeParents());
        tables.proofs().note(companyId(), stream, claim);
    }

    /**
     * Holds the sub-lists that the batch brought against what was proven of them. One that has changed may be what its
     * parent's event was for.
     *
     * @param answered the parents whose sub-lists are here whole, each with the batch that made it due
     */
    void settle(Map<Long, Long> answered, WrittenRows rows, long batchId) {
        Map<Long, List<StreamRecord>> records =
                rows.records().stream().collect(Collectors.groupingBy(StreamRecord::parentId));
        Set<Long> differing = differing(rows, batchId);
        String stream = batch.stream().name();
        tables.proofs().settle(companyId(), stream, answered.keySet(), batchId, watched -> watched.expected()
                .map(expected -> !expected
                        .equals(Claim.expected(records.getOrDefault(watched.parentId(), List.of()))))
                .orElse(differing.contains(watched.parentId())))
                .forEach(wrong -> AfterCommit.run(() -> tell(companyId(), stream, wrong)));
        if (ReasonSearch.isUntold(batch.stream())) {
            Map<Long, Long> reasons = new HashMap<>(answered);
            reasons.keySet().retainAll(differing);
            tables.waiting().of(companyId(), reasons).forEach(this::spare);
        }
    }

    /** Another sub-list was the reason: these are as they were. */
    private void spare(String stream, Map<Long, Long> parents) {
        if (tables.proofs().isUsable(companyId(), stream, Proof.UNCHANGED)) {
            Claim unchanged = tables.proofs().unchanged(companyId(), stream, parents);
            tables.due().remove(companyId(), stream, unchanged.proven());
            tables.waiting().release(companyId(), stream, unchanged.watched().keySet());
            tables.proofs().note(companyId(), stream, unchanged);
        }
    }

    /** A relation that changed on one side has changed on the other: what was derived of it is asked for. */
    void deriveAnew(Map<String, Set<String>> mirrors, WrittenRows rows, long batchId) {
        Set<Long> others = rows.written().stream().map(RowWriter.Written::id).collect(Collectors.toSet());
        mirrors.getOrDefault(rows.stream().name(), Set.of())
                .forEach(mirror -> tables.proofs().deriveAnew(companyId(), mirror, others, batchId));
    }

    private static void tell(long company, String stream, SubListProofs.Contradiction wrong) {
        LOG.log(new SyncEvent.SubListProofContradicted(company, stream, wrong.proof().label(), wrong.parentId(),
                wrong.again()));
    }

    /**
     * A row that copies another record changes with that one, and nobody's proof is wrong then; nor where a row is
     * written anew whose record is as it was, because it was derived or somebody else had changed it.
     */
    private Set<Long> differing(WrittenRows rows, long batchId) {
        Set<RowWriter.Written> changed = new HashSet<>(rows.changed());
        if (!changed.isEmpty()) {
            Map<Long, Set<Long>> replaced = rows.stream().embeds().isEmpty()
                    ? fields.rewritten(rows.stream(), companyId(), changed, batchId)
                    : fields.replaced(rows.stream(), companyId(), changed, batchId);
            changed.removeIf(row -> replaced.getOrDefault(row.parentId(), Set.of()).contains(row.id()));
        }
        changed.addAll(rows.deleted());
        return changed.stream().map(RowWriter.Written::parentId).collect(Collectors.toSet());
    }

    private long companyId() {
        return batch.from().companyId();
    }
}
