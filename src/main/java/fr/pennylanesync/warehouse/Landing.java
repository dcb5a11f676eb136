package fr.pennylanesync.warehouse;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes one batch: rows, replaced versions, ledger entry, what became due, quarantined columns, and the checkpoint. It runs in the
 * caller's transaction: all of it commits or none.
 */
public final class Landing {

    private final JdbcClient jdbc;
    private final CheckpointStore checkpoints;
    private final BatchLedger ledger;
    private final DueList due;
    private final Quarantine quarantine;
    private final SeenEvents events;
    private final FileNotes files;
    private final ReadBack readBack;
    private final RowCopy copy;
    private final LandingMeter meter;

    public Landing(JdbcClient jdbc, RowCopy copy) {
        this(jdbc, copy, LandingMeter.NONE);
    }

    /** @param meter is told of batches once they are committed */
    public Landing(JdbcClient jdbc, RowCopy copy, LandingMeter meter) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.meter = meter;
        this.checkpoints = new CheckpointStore(jdbc);
        this.ledger = new BatchLedger(jdbc);
        this.due = new DueList(jdbc);
        this.quarantine = new Quarantine(jdbc);
        this.events = new SeenEvents(jdbc);
        this.files = new FileNotes(jdbc);
        this.readBack = new ReadBack(jdbc);
    }

    /** Whether the batch is in the ledger. */
    public boolean contains(BatchKey key) {
        return ledger.contains(key);
    }

    /**
     * @param dependents what changed here makes them due
     * @param next where the checkpoint goes
     * @throws SyncException CHECKPOINT_MOVED if another writer was faster
     * @throws SyncException READ_BACK_DIFFERS if the table does not hold what was read
     */
    public LandedBatch land(Batch batch, Dependents dependents, Position next) {
        return land(batch, dependents, batch.from(), next);
    }

    /**
     * Lands a batch of one reader of several.
     *
     * @param stands where the checkpoint of all of them is, see {@link #standing}
     * @param next where it goes
     */
    public LandedBatch land(Batch batch, Dependents dependents, Checkpoint stands, Position next) {
        Checkpoint from = batch.from();
        ledger.lock(from.companyId(), from.stream());
        checkpoints.move(stands, next);
        long id = ledger.nextId();
        RowWriter rows = new RowWriter(jdbc, batch.stream());
        List<RowWriter.Written> changed = rows.upsert(from.companyId(), batch.records(), id, Source.API.label());
        List<RowWriter.Written> deleted = batch.stream().isChild()
                ? rows.deleteMissingChildren(from.companyId(), List.copyOf(batch.answered().keySet()), batch.records(), id)
                : rows.delete(from.companyId(), batch.gone(), id);
        due.remove(from.companyId(), from.stream(), batch.answered());
        settleQuarantine(batch, deleted, next);
        files.note(from.companyId(), batch.stream(), batch.records(), changed, id);
        noteDueChildren(batch, dependents.children(), changed, id);
        if (!dependents.embedding().isEmpty()) {
            new StaleCopies(jdbc).note(from.companyId(), batch.stream().name(), id);
        }
        if (batch.touched()) {
            due.addRefreshed(from.companyId(), batch.stream(), id);
        }
        Sha256 hash = close(id, batch, deleted, changed.size());
        withDeleted(batch, dependents.children(), deleted).forEach(included -> landIncluded(from, included));
        return new LandedBatch(id, batch.records().size(), changed.size(), deleted.size(), hash);
    }

    /** Where the checkpoint stands now; until the caller's transaction ends nobody else moves it. */
    public Checkpoint standing(Checkpoint of) {
        ledger.lock(of.companyId(), of.stream());
        return checkpoints.find(of.companyId(), of.stream(), of.pass()).filter(found -> found.run() == of.run())
                .orElseThrow(() -> of.moved());
    }

    private void settleQuarantine(Batch batch, List<RowWriter.Written> deleted, Position next) {
        Checkpoint from = batch.from();
        quarantine.landed(from, next);
        if (batch.stream().isChild()) {
            quarantine.gone(from.companyId(), from.stream(), deleted);
            quarantine.subLists(from.companyId(), from.stream(), batch.answered().keySet());
        } else {
            // Whether or not they ever had a row.
            quarantine.gone(from.companyId(), from.stream(), batch.gone().stream().map(id -> new RowWriter.Written(0, id)).toList());
        }
    }

    /**
     * Notes a page of changelog events: what they name becomes due, and the feed's checkpoint moves.
     *
     * @param next where the checkpoint goes
     */
    public LandedBatch landEvents(EventPage page, Position next) {
        Checkpoint from = page.from();
        checkpoints.move(from, next);
        List<ChangeEvent> unseen = events.unseen(from.companyId(), from.stream(), page.events());
        Map<Long, Boolean> gone = new LinkedHashMap<>();
        for (ChangeEvent event : unseen) {
            event.recordId().ifPresent(id -> gone.put(id, event.saysGone()));
        }
        due.add(from.companyId(), page.stream().name(), gone, ledger.nextId());
        return new LandedBatch(0, 0, 0, 0, Sha256.ZERO);
    }

    /**
     * Lands rows of the data sharing. Nothing becomes due by them: the walk that follows brings the whole records with what hangs on them.
     * The stream is taken as late as can be: its other readers write at the same time.
     *
     * @param next where the checkpoint goes from where it stands, which is where all readers have brought it
     * @param told what became of the rows
     */
    public LandedBatch landShared(Batch batch, Function<Checkpoint, Position> next, SharedRows told) {
        Checkpoint from = batch.from();
        long id = ledger.nextId();
        ShareWriter.Outcome outcome = new ShareWriter(jdbc, copy, batch.stream()).write(from.companyId(), batch.records(), id);
        List<RowWriter.Written> deleted = new RowWriter(jdbc, batch.stream()).delete(from.companyId(), batch.gone(), id);
        told.written(outcome.landed(), outcome.superseded());
        Batch landed = batch.withRecords(outcome.landed());
        // Of the payloads the digest of the partition is the proof.
        Sha256 hash = proven(landed, deleted, readBack::recall);
        Checkpoint stands = standing(from);
        checkpoints.move(stands, next.apply(stands));
        append(id, ledger.nextId(), landed, deleted, outcome.changed().size(), hash);
        return new LandedBatch(id, batch.records().size(), outcome.changed().size(), deleted.size(), hash);
    }

    private void landIncluded(Checkpoint parent, Batch.Included included) {
        Checkpoint from = new Checkpoint(parent.companyId(), included.stream().name(), parent.pass(), parent.run(), parent.position());
        ledger.lock(from.companyId(), from.stream());
        long id = ledger.nextId();
        RowWriter rows = new RowWriter(jdbc, included.stream());
        List<RowWriter.Written> changed = rows.upsert(from.companyId(), included.records(), id, Source.API.label());
        List<RowWriter.Written> deleted = rows.deleteMissingChildren(from.companyId(), included.wholeParents(), included.records(), id);
        files.note(from.companyId(), included.stream(), included.records(), changed, id);
        due.removeAll(from.companyId(), from.stream(), included.wholeParents());
        quarantine.gone(from.companyId(), from.stream(), deleted);
        quarantine.subLists(from.companyId(), from.stream(), included.wholeParents());
        close(id, Batch.page(included.stream(), from, included.records(), List.of(), List.of(), 0), deleted, changed.size());
    }

    private void noteDueChildren(Batch batch, Collection<StreamDefinition> children, List<RowWriter.Written> changed, long id) {
        Set<Long> touched = new HashSet<>();
        changed.forEach(row -> touched.add(row.id()));
        if (batch.touched()) {
            batch.records().forEach(record -> touched.add(record.id()));
        }
        for (StreamDefinition child : children) {
            Set<Long> parents = new HashSet<>(touched);
            batch.included().stream().filter(included -> included.stream().name().equals(child.name()))
                    .forEach(included -> parents.removeAll(included.wholeParents()));
            due.add(batch.from().companyId(), child.name(), parents, id);
        }
    }

    /** With a parent its children are gone: as if it had come along with empty sub-lists. */
    private static List<Batch.Included> withDeleted(Batch batch, Collection<StreamDefinition> children, List<RowWriter.Written> deleted) {
        if (batch.stream().isChild() || deleted.isEmpty()) {
            return batch.included();
        }
        List<Batch.Included> all = new ArrayList<>();
        for (StreamDefinition child : children) {
            List<Long> whole = new ArrayList<>(deleted.stream().map(RowWriter.Written::id).toList());
            List<StreamRecord> records = new ArrayList<>();
            batch.included().stream().filter(included -> included.stream().name().equals(child.name())).forEach(included -> {
                whole.addAll(included.wholeParents());
                records.addAll(included.records());
            });
            all.add(new Batch.Included(child, records, whole));
        }
        return all;
    }

    private Sha256 close(long id, Batch batch, List<RowWriter.Written> deleted, int changedCount) {
        Sha256 read = proven(batch, deleted, readBack::recompute);
        append(id, id, batch, deleted, changedCount, read);
        return read;
    }

    private interface Stored {
        BatchHash hash(BatchHash begun, long companyId, StreamDefinition stream, List<StreamRecord> records);
    }

    /** The batch's hash, once it is that of what the table holds too. */
    private Sha256 proven(Batch batch, List<RowWriter.Written> deleted, Stored stored) {
        Checkpoint from = batch.from();
        StreamDefinition stream = batch.stream();
        Sha256 read = hash(stream, from, batch.records(), deleted);
        BatchHash held = stored.hash(begin(stream, from), from.companyId(), stream, batch.records());
        deleted.forEach(row -> held.add(row.parentId(), row.id(), Sha256.ZERO));
        if (!held.finish().equals(read)) {
            meter.mismatched();
            throw new SyncException(LandingErrorCode.READ_BACK_DIFFERS, "batch of " + stream.name() + ", "
                    + from.position().batchKey());
        }
        return read;
    }

    private void append(long id, long chainPosition, Batch batch, List<RowWriter.Written> deleted, int changedCount, Sha256 hash) {
        Checkpoint from = batch.from();
        quarantine.columns(from.companyId(), batch.stream().name(), batch.records());
        ledger.append(id, chainPosition, batch, deleted, changedCount, hash);
        AfterCommit.run(() -> meter.landed(from.companyId(), batch.stream().name(), from.pass(), batch.records().size()));
    }

    private static Sha256 hash(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, List<RowWriter.Written> deleted) {
        BatchHash hash = begin(stream, from);
        records.forEach(record -> hash.add(record.parentId(), record.id(), record.hash()));
        deleted.forEach(row -> hash.add(row.parentId(), row.id(), Sha256.ZERO));
        return hash.finish();
    }

    private static BatchHash begin(StreamDefinition stream, Checkpoint from) {
        return BatchHash.begin(from.companyId(), stream.name(), from.pass().label());
    }
}
