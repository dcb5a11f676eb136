package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.landing.RefusedRecord;
import fr.pennylanesync.landing.ShareBatch;
import fr.pennylanesync.landing.record.SharedRowMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.share.ReadRow;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads partition after partition of the data sharing, each within one snapshot: its rows are landed batch by batch,
 * then the digest of what stands is held against the one that the share computed. The last batch of a partition holds
 * no rows and takes it off the checkpoint's list; whatever breaks before costs that partition.
 */
public final class PartitionLane implements Lane {

    private static final int READINGS_MAX = 2;
    private static final EventLog LOG = EventLog.of(PartitionLane.class);

    private final HistoryPass pass;
    private Optional<Partition> partition;
    /** Names the partition as the checkpoint has it, where it was cut; then its other parts, the next first. */
    private Optional<String> whole = Optional.empty();
    private final Deque<Partition> others = new ArrayDeque<>();
    private Optional<PartitionRead> open = Optional.empty();
    private Optional<ShareBatch> batch = Optional.empty();
    private RowDigest landed = RowDigest.EMPTY;
    private final List<SetAsideRow> setAside = new ArrayList<>();
    /** Holds the rows of the batch as they came, where they may be stored otherwise. */
    private final Map<Long, ShareRow> received = new HashMap<>();
    private boolean hasRows;
    private boolean expectedNew;
    private long reading;
    private int batches;
    private int readings;

    PartitionLane(HistoryPass pass) {
        this.pass = pass;
        this.partition = pass.take();
    }

    @Override
    public StreamDefinition stream() {
        return pass.stream();
    }

    @Override
    public Checkpoint checkpoint() {
        return pass.checkpoint().at(new Position.Reading(partition.map(Partition::key).orElse(""), reading, batches));
    }

    @Override
    public boolean isUnfinished() {
        return partition.isPresent();
    }

    @Override
    public boolean isBatchReady() {
        return batch.isPresent();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** Tells whether the share took too long for a partition that can be read in two halves. */
    @Override
    public boolean isolates(SyncException failure) {
        return failure.is(ShareErrorCode.SHARE_TIMEOUT) && partition.filter(cut -> !cut.halves().isEmpty()).isPresent();
    }

    /** Cuts the partition into halves: the earlier is read next. */
    @Override
    public void isolate(SyncException failure) {
        Partition cut = partition.orElseThrow();
        whole = whole.or(() -> Optional.of(cut.toString()));
        List<Partition> halves = cut.halves();
        partition = Optional.of(halves.get(0));
        others.addFirst(halves.get(1));
        LOG.log(new ShareEvent.SharePartitionHalved(checkpoint().companyId(), stream().name(), cut.toString(),
                failure.code().name()));
    }

    /** Opens the partition within a snapshot; one that came to nothing begins anew. */
    public void open(OpenShare snapshot) {
        batch = Optional.empty();
        landed = RowDigest.EMPTY;
        setAside.clear();
        reading = pass.newReading();
        batches = 0;
        hasRows = true;
        expectedNew = pass.expectsNew(partition.orElseThrow());
        open = Optional.of(pass.open(snapshot, partition.orElseThrow()));
    }

    /** The statement for what the share says the partition holds. */
    public String digestStatement() {
        return opened().digestStatement();
    }

    /** Takes what the share says the partition holds. */
    public void expect(Map<String, Object> digest) {
        opened().expect(digest);
    }

    /** Tells whether an id of the partition stands for several rows. */
    public boolean isRepeating() {
        return opened().isRepeating();
    }

    /** The statement for the ids that stand for several rows. */
    public String repeatedIdsStatement() {
        return opened().repeatedIdsStatement();
    }

    /** Takes the ids that stand for several rows: these rows are set aside. */
    public void repeatedIds(List<Map<String, Object>> ids) {
        opened().repeatedIds(ids);
    }

    /** The statement for the rows of the partition. */
    public String rowsStatement() {
        return opened().rowsStatement();
    }

    /** Takes the rows, which come as they are asked for. */
    public void rows(Iterator<?> rows) {
        opened().rows(rows);
    }

    /** Tells whether rows of the open partition may still come. */
    public boolean hasRows() {
        return hasRows;
    }

    /**
     * Takes the next rows for a batch; behind the last there is none.
     *
     * @throws SyncException if the rows broke off, or one is another company's
     */
    public void takeRows() {
        List<ReadRow> rows = opened().next();
        hasRows = !rows.isEmpty();
        List<SetAsideRow> unfit = of(rows, SetAsideRow.class);
        setAside.addAll(unfit);
        batch = hasRows
                ? Optional.of(batch(mapped(of(rows, ShareRow.class)), unfit, Optional.empty()))
                : Optional.empty();
    }

    private static <T extends ReadRow> List<T> of(List<ReadRow> rows, Class<T> kind) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<StreamRecord> mapped(List<ShareRow> rows) {
        received.clear();
        if (opened().shape().table().isRuled() || !stream().personal().persons().isEmpty()) {
            rows.forEach(row -> received.put(row.id(), row));
        }
        SharedRowMapper mapper = new SharedRowMapper(stream(), opened().shape().types());
        return rows.stream().sorted(Comparator.comparingLong(ShareRow::id))
                .map(row -> mapper.map(row.id(), row.spelled(), row::field, row::text)).toList();
    }

    private ShareBatch batch(List<StreamRecord> records, List<SetAsideRow> unfit, Optional<ShareBatch.End> end) {
        return new ShareBatch(stream(), checkpoint(), records, unfit, new ShareBatch.Rows(opened().shape(),
                opened().reader(), received, expectedNew), end);
    }

    /**
     * The rows are set aside with the batch; they count in the partition's digest as any other.
     *
     * @throws SyncException VALUE_REFUSED if there are so many that the table is at fault, and not they
     */
    @Override
    public void withhold(List<RefusedRecord> refused) {
        if (setAside.size() + refused.size() > SetAsideRow.MOST) {
            throw new SyncException(LandingErrorCode.VALUE_REFUSED, stream().name() + " "
                    + partition.orElseThrow().key() + ", more than " + SetAsideRow.MOST + " rows").withoutRetry();
        }
        ShareBatch before = batch.orElseThrow();
        ShareBatch others = before.without(refused);
        setAside.addAll(others.setAside().subList(before.setAside().size(), others.setAside().size()));
        batch = Optional.of(others);
    }

    /** Tells whether the digest of what stands in the table is the digest that the share computed. */
    public boolean isEqual() {
        return landed.equals(opened().expected());
    }

    /** Closes a partition that is equal: rows that no batch of it held are gone. */
    public void close() {
        Set<Long> unfit = setAside.stream().map(SetAsideRow::id).collect(Collectors.toSet());
        List<Long> gone = pass.vanished(opened(), checkpoint(), unfit);
        batch = Optional.of(batch(List.of(), List.of(), Optional.of(end(true, gone))));
    }

    /**
     * Lets a partition that is not equal be read once more; then sets it aside.
     *
     * @throws SyncException SHARE_DIGEST_DIFFERS the first time
     */
    public void readAgainOrSetAside() {
        readings++;
        if (readings < READINGS_MAX) {
            throw new SyncException(ShareErrorCode.SHARE_DIGEST_DIFFERS,
                    stream().name() + " " + partition.orElseThrow().key() + ": "
                            + opened().expected().rows() + " rows in the share, " + landed.rows() + " landed");
        }
        batch = Optional.of(batch(List.of(), List.of(), Optional.of(end(false, List.of()))));
    }

    private ShareBatch.End end(boolean equal, List<Long> gone) {
        return new ShareBatch.End(opened().partition(), opened().expected(), equal, gone,
                setAside.stream().map(SetAsideRow::name).collect(Collectors.toSet()),
                whole.map(name -> new Advance.PastPart(name, others.stream().map(Partition::toString).toList())));
    }

    private PartitionRead opened() {
        return open.orElseThrow();
    }

    @Override
    public Batch batch() {
        return batch.orElseThrow();
    }

    @Override
    public void landed(Optional<LandedBatch> done) {
        ShareBatch ended = batch.orElseThrow();
        batch = Optional.empty();
        batches++;
        landed = landed.plus(done.map(LandedBatch::digest).orElse(RowDigest.EMPTY));
        ended.end().ifPresent(this::landed);
    }

    private void landed(ShareBatch.End end) {
        pass.landed(end);
        open = Optional.empty();
        readings = 0;
        whole = Optional.empty();
        others.clear();
        partition = pass.take();
    }

    @Override
    public int batchRequests() {
        return 0;
    }
}
