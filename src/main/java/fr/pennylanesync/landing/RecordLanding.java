package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.ErasedPersons;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.landing.state.StaleCopies;
import fr.pennylanesync.landing.table.ForeignRows;
import fr.pennylanesync.landing.table.RecordWriter;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lands records of the API, and the sub-lists that came along with them. */
final class RecordLanding extends BatchLanding {

    private static final EventLog LOG = EventLog.of(RecordLanding.class);
    /** So many rows that a sweep did not see are asked for one by one, because "forbidden" is no deletion. */
    private static final int ASKED_ALONE_MAX = 100;

    /** One sub-list of the batch as written: with a batch and a place in the chain of its own. */
    private record Child(long id, RecordBatch.Included included, WrittenRows rows) {}

    private RecordBatch batch;
    private final Dependents dependents;
    private final ProvenSubLists proven;
    private final List<Child> children = new ArrayList<>();
    private final Map<Long, Long> refusedParents = new LinkedHashMap<>();
    private List<Long> unseen = List.of();
    private WrittenRows rows;
    private Set<Long> foundParents = Set.of();
    private List<Sha256> stored = List.of();
    private ErasedPersons erased = ErasedPersons.NONE;

    RecordLanding(LandingTables tables, RecordBatch batch, Dependents dependents) {
        super(tables, batch);
        this.batch = batch;
        this.dependents = dependents;
        this.proven = new ProvenSubLists(tables, batch);
    }

    /** Nothing of a person who was erased is written again. */
    @Override
    void claimed() {
        erased = tables().erased().inForce(companyId(), Stream.concat(Stream.of(stream()),
                batch.included().stream().map(RecordBatch.Included::stream)).toList());
        List<StreamRecord> received = batch.records();
        batch = batch.with(erased.without(stream(), received, List.of()), proven.trusted(batch.included()).stream()
                .map(list -> list.with(erased.without(list.stream(), list.records(), received))).toList());
    }

    @Override
    public boolean isEndOfSweep() {
        return batch.sweep().isPresent() && next() instanceof Position.Ended;
    }

    /**
     * Makes due what no page held: where records can be asked for by id, each is asked for again before it counts as
     * deleted.
     */
    @Override
    public void findDeletions() {
        if (!isAskedForAgain() && isAnyUnread()) {
            // The row of what could not be read is among those that no page held, and nobody can tell which it is.
            return;
        }
        List<Long> found = new ArrayList<>(tables().rows().unseen(stream(), from(), batch.records()));
        found.removeAll(faultyRecords());
        if (new DeletionDecision(tables().jdbc(), stream(), batch.sweep().orElseThrow()).allows(from(), found)) {
            tables().quarantine().sweepAccepted(from());
            unseen = found;
        }
    }

    private boolean isAnyUnread() {
        return batch.withheld().faulty().stream().anyMatch(SetAside::isBetween)
                || tables().quarantine().isUnread(from());
    }

    @Override
    public void writeRows() {
        refuseForeignRecords();
        takeRefusedParents();
        RowWriter writer = new RowWriter(tables().jdbc(), stream());
        RowWriter.Upserted written = write(stream(), batch.records(), id(), batch.source());
        List<RowWriter.Written> deleted = stream().isChild()
                ? writer.deleteMissingChildren(companyId(), wholeParents(), batch.records(), id())
                : writer.delete(companyId(), gone(), id());
        rows = WrittenRows.of(stream(), from(), batch.records(), written, deleted);
        withDeleted().forEach(this::writeChildren);
    }

    private RowWriter.Upserted write(StreamDefinition stream, List<StreamRecord> records, long batchId,
            Source source) {
        return new RecordWriter(tables().jdbc(), tables().copy(), stream).write(companyId(), records, batchId, source);
    }

    private void refuseForeignRecords() {
        if (!stream().isChild() && new ForeignRows(tables().jdbc()).isPage(stream(), companyId(), batch.records())) {
            throw new SyncException(LandingErrorCode.RECORDS_OF_ANOTHER_COMPANY,
                    stream().name() + " of company " + companyId());
        }
    }

    /** The sub-list of a parent that is here all the same is set aside; its rows stay. */
    private void takeRefusedParents() {
        if (stream().isChild()) {
            foundParents =
                    tables().rows().live(stream().parent().orElseThrow(), companyId(), batch.withheld().notFound());
            Set<Long> refused = new LinkedHashSet<>(batch.withheld().forbidden());
            refused.addAll(foundParents);
            refused.forEach(parent -> refusedParents.put(parent, batch.answered().get(parent)));
        }
    }

    private Map<Long, Long> answered() {
        Map<Long, Long> answered = new HashMap<>(batch.answered());
        answered.keySet().removeAll(refusedParents.keySet());
        answered.keySet().removeAll(postponed());
        return answered;
    }

    /** The parents whose sub-lists are here without a gap: only of these it is known what they no longer have. */
    private List<Long> wholeParents() {
        return List.copyOf(answered().keySet());
    }

    /** Postpones what is tried again later: records, or parents of sub-lists, of which an item is set aside. */
    private Set<Long> postponed() {
        return batch.withheld().faulty().stream().map(stream().isChild() ? SetAside::parentId : SetAside::recordId)
                .filter(id -> id > 0).collect(Collectors.toSet());
    }

    private Set<Long> faultyRecords() {
        return batch.withheld().faulty().stream().map(SetAside::recordId).collect(Collectors.toSet());
    }

    private List<Long> gone() {
        return isAskedForAgain() ? batch.gone() : concatenated(batch.gone(), unseen);
    }

    private boolean isAskedForAgain() {
        return stream().reading().selectableById();
    }

    private static List<Long> concatenated(List<Long> some, List<Long> more) {
        List<Long> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** With a parent its children are gone: as if it had come along with empty sub-lists. */
    private List<RecordBatch.Included> withDeleted() {
        if (stream().isChild() || rows.deleted().isEmpty()) {
            return batch.included();
        }
        return dependents.children().stream().map(this::withDeleted).toList();
    }

    private RecordBatch.Included withDeleted(StreamDefinition child) {
        List<Long> whole = new ArrayList<>(rows.deleted().stream().map(RowWriter.Written::id).toList());
        List<StreamRecord> records = new ArrayList<>();
        included(child).forEach(included -> {
            whole.addAll(included.wholeParents());
            records.addAll(included.records());
        });
        return new RecordBatch.Included(child, records, whole);
    }

    private List<RecordBatch.Included> included(StreamDefinition child) {
        return batch.included().stream().filter(included -> included.stream().name().equals(child.name())).toList();
    }

    private void writeChildren(RecordBatch.Included included) {
        Checkpoint of =
                new Checkpoint(companyId(), included.stream().name(), from().pass(), from().run(), from().position());
        tables().ledger().lock(companyId(), of.stream());
        long childId = tables().ledger().nextId();
        RowWriter writer = new RowWriter(tables().jdbc(), included.stream());
        RowWriter.Upserted written = write(included.stream(), included.records(), childId, Source.API);
        List<RowWriter.Written> deleted =
                writer.deleteMissingChildren(companyId(), included.wholeParents(), included.records(), childId);
        children.add(new Child(childId, included,
                WrittenRows.of(included.stream(), of, included.records(), written, deleted)));
    }

    @Override
    public void readBack() {
        stored = written().stream().map(this::stored).toList();
    }

    private Sha256 stored(WrittenRows written) {
        return written.finish(
                tables().readBack().recompute(written.begin(), companyId(), written.stream(), written.records()));
    }

    /** The batch's own rows, then those of its sub-lists. */
    private List<WrittenRows> written() {
        List<WrittenRows> all = new ArrayList<>();
        all.add(rows);
        children.forEach(child -> all.add(child.rows()));
        return all;
    }

    @Override
    public String getReadHash() {
        return text(written().stream().map(WrittenRows::readHash).toList());
    }

    @Override
    public String getStoredHash() {
        return text(stored);
    }

    private static String text(List<Sha256> hashes) {
        return hashes.stream().map(Sha256::toString).collect(Collectors.joining(" "));
    }

    @Override
    public void noteDue() {
        noteUnannounced();
        proven.begin(dependents.children(), id());
        tables().due().remove(companyId(), stream().name(), answered());
        tables().due().remove(companyId(), stream().name(), refusedParents);
        if (stream().isChild() || isAskedForAgain()) {
            tables().due().postpone(companyId(), stream().name(), postponed(), id());
        }
        noteDueChildren();
        if (!dependents.embedding().isEmpty() && !rows.written().isEmpty()) {
            new StaleCopies(tables().jdbc()).note(companyId(), stream().name(), id());
        }
        if (batch.touched()) {
            tables().due().addRefreshed(companyId(), stream(), rows.written(), id());
        }
        Set<Long> gone = rows.deleted().stream().map(RowWriter.Written::id).collect(Collectors.toSet());
        children.forEach(child -> proven.included(child.included(), gone, id()));
        noteProven();
        noteDueUnseen();
        noteDueParents();
        noteStaleReads();
    }

    private void noteProven() {
        batch.claim().ifPresentOrElse(claim -> tables().proofs().note(companyId(), stream().name(), claim), () -> {
            if (stream().isChild()) {
                proven.settle(answered(), rows, id());
            }
        });
        written().forEach(written -> proven.deriveAnew(dependents.mirrors(), written, id()));
    }

    /** Sub-lists, and streams without a changelog, are announced by nothing. */
    private void noteUnannounced() {
        if (stream().changelog().isEmpty()) {
            return;
        }
        Set<Long> written = rows.written().stream().map(RowWriter.Written::id).collect(Collectors.toSet());
        if (from().pass() == PassKind.CHANGES) {
            tables().unannounced().ofDue(companyId(), stream(), written, batch.answered(), id());
        } else {
            tables().unannounced().ofList(companyId(), stream(), written, id());
        }
    }

    /** A sub-list has no events of its own. */
    private void noteStaleReads() {
        if (!stream().isChild() && batch.touched()) {
            int stale = tables().staleReads().settle(companyId(), stream(), answered().keySet());
            if (stale > 0) {
                LOG.log(new SyncEvent.StaleReadsEnded(companyId(), stream().name(), stale));
            }
        }
    }

    private void noteDueChildren() {
        Set<Long> touched = rows.changedIds();
        if (batch.touched()) {
            batch.records().forEach(record -> touched.add(record.id()));
        }
        Map<StreamDefinition, Set<Long>> concerned = new LinkedHashMap<>();
        for (StreamDefinition child : dependents.children()) {
            Set<Long> parents = new HashSet<>(touched);
            included(child).forEach(included -> parents.removeAll(included.wholeParents()));
            concerned.put(child, parents);
        }
        Set<Long> reasons = new HashSet<>();
        children.forEach(child -> reasons.addAll(proven.changedAlong(child.rows(), child.id())));
        proven.makeDue(concerned, reasons, id());
    }

    /** Of many the two lists are believed that do not hold them. */
    private void noteDueUnseen() {
        if (isAskedForAgain()) {
            Map<Long, Boolean> gone = new HashMap<>();
            unseen.forEach(record -> gone.put(record, unseen.size() > ASKED_ALONE_MAX));
            tables().due().add(companyId(), stream().name(), gone, id());
        }
    }

    /**
     * The parent is asked for too: it may be gone, and its rows go with it. If it is there its sub-lists are asked for
     * again, once.
     */
    private void noteDueParents() {
        if (!batch.withheld().notFound().isEmpty()) {
            Set<Long> known = tables().quarantine().subLists(from(), refusedParents.keySet());
            List<Long> parents =
                    batch.withheld().notFound().stream().filter(parent -> !known.contains(parent)).toList();
            tables().due().add(companyId(), stream().parent().orElseThrow(), parents, id());
        }
    }

    @Override
    public void setAside() {
        Quarantine quarantine = tables().quarantine();
        quarantine.landed(from(), next());
        if (stream().isChild()) {
            quarantine.gone(companyId(), stream().name(), rows.deleted());
            quarantine.subLists(companyId(), stream().name(), answered().keySet());
            refusedParents.keySet().forEach(parent -> quarantine.subList(from(), parent, foundParents.contains(parent)
                    ? Quarantine.NOT_FOUND
                    : Quarantine.FORBIDDEN));
        } else {
            // Whether or not they ever had a row.
            quarantine.gone(companyId(), stream().name(),
                    gone().stream().map(gone -> new RowWriter.Written(0, gone)).toList());
            batch.withheld().forbidden().forEach(record -> quarantine.record(from(), record, Quarantine.FORBIDDEN));
            setAsideUnlisted(batch.withheld().unlisted());
        }
        for (Child child : children) {
            quarantine.gone(companyId(), child.rows().stream().name(), child.rows().deleted());
            quarantine.subLists(companyId(), child.rows().stream().name(), child.included().wholeParents());
        }
        written().forEach(written -> {
            quarantine.columns(companyId(), written.stream().name(), written.records());
            quarantine.damaged(from(), written.stream().name(), written.records());
        });
        quarantine.items(from(), batch.withheld().faulty().stream()
                .map(item -> erased.without(stream(), item)).toList());
    }

    /** It may have been away for a moment: only the second time it is no longer asked for. */
    private void setAsideUnlisted(Map<Long, Long> unlisted) {
        Map<Long, Long> settled = new HashMap<>(unlisted);
        settled.keySet().removeIf(record -> tables().quarantine().record(from(), record, Quarantine.NOT_LISTED));
        tables().due().remove(companyId(), stream().name(), settled);
    }

    @Override
    public void noteFiles() {
        tables().files().note(companyId(), stream(), rows.records(), rows.changed(), id());
        children.forEach(child -> tables().files().note(companyId(), child.rows().stream(), child.rows().records(),
                child.rows().changed(),
                child.id()));
    }

    @Override
    public void appendLedger() {
        tables().append(id(), id(), rows, batch.requestsUsed());
        children.forEach(child -> tables().append(child.id(), child.id(), child.rows(), 0));
    }

    @Override
    public LandedBatch landed() {
        return new LandedBatch(id(), rows.records().size(), rows.changed().size(), rows.deleted().size(),
                rows.readHash(),
                RowDigest.EMPTY);
    }

    private StreamDefinition stream() {
        return batch.stream();
    }
}
