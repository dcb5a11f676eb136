package fr.pennylanesync.landing;

import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.ShareWriter;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.share.ShareErrorCode;
import java.util.List;

/**
 * Lands rows of the data sharing. Nothing becomes due by them: the walk that follows brings the whole records with what
 * hangs on them. The stream is locked as late as can be, because the lanes of other partitions write at the same time.
 */
final class ShareLanding extends BatchLanding {

    private ShareBatch batch;
    private final ShareNotes notes;
    private WrittenRows rows;
    private ShareWriter.ShareWriteOutcome outcome;
    private Sha256 stored;
    private RowDigest digest = RowDigest.EMPTY;
    private boolean isAsReceived;

    ShareLanding(LandingTables tables, ShareBatch batch) {
        super(tables, batch);
        this.batch = batch;
        this.notes = new ShareNotes(tables.jdbc());
    }

    /** Nothing of a person who was erased is written again. */
    @Override
    void claimed() {
        List<StreamRecord> left = tables().erased().inForce(companyId(), List.of(batch.stream()))
                .withoutInShare(batch.stream(), batch.records());
        isAsReceived = !batch.source().shape().table().isRuled() && left.equals(batch.records());
        batch = batch.with(left);
    }

    @Override
    boolean locksFirst() {
        return false;
    }

    @Override
    public void writeRows() {
        outcome = new ShareWriter(tables().jdbc(), tables().copy(), batch.stream()).write(companyId(), batch.records(),
                id(), batch.source().expectedNew());
        List<RowWriter.Written> deleted =
                new RowWriter(tables().jdbc(), batch.stream()).delete(companyId(), gone(), id());
        rows = WrittenRows.of(batch.stream(), from(), outcome.landed(),
                new RowWriter.Upserted(outcome.changed(), outcome.altered()), deleted);
    }

    private List<Long> gone() {
        return batch.end().map(ShareBatch.End::gone).orElse(List.of());
    }

    /**
     * Has the batch hash of the stored record hashes computed, and the digest of the stored payloads, in one look at
     * the rows. With what is set aside the digest is what the share's own is held against.
     */
    @Override
    public void readBack() {
        stored = rows.finish(rows.begin());
        digest = withSuperseded(RowDigest.EMPTY);
        if (!rows.records().isEmpty()) {
            TableDigests.Landed landed = new TableDigests(tables().jdbc(), batch.stream(), batch.source().shape())
                    .landed(companyId(), rows.records().stream().map(StreamRecord::id).toList(),
                            BatchHash.head(companyId(), batch.stream().name(), from().pass().label()));
            stored = landed.hash();
            digest = withSuperseded(isAsReceived ? landed.digest() : asReceived(landed.digest()));
        }
        for (SetAsideRow row : batch.setAside()) {
            digest = digest.plus(row.canonical());
        }
    }

    /**
     * The share counts a row as it came, and rules for personal data made another of it: where the table holds what the
     * rows were made, they count as they came.
     */
    private RowDigest asReceived(RowDigest landed) {
        RowDigest ruled = RowDigest.EMPTY;
        RowDigest received = RowDigest.EMPTY;
        for (StreamRecord record : rows.records()) {
            ruled = ruled.plus(batch.source().stored(record));
            received = received.plus(batch.source().digest(record));
        }
        return ruled.equals(landed) ? received : landed;
    }

    /** Adds rows of which the API's version stays: the share's is counted as it was received. */
    private RowDigest withSuperseded(RowDigest landed) {
        RowDigest all = landed;
        for (StreamRecord received : outcome.superseded()) {
            all = all.plus(batch.source().digest(received));
        }
        return all;
    }

    @Override
    public String getReadHash() {
        return rows.readHash().toString();
    }

    @Override
    public String getStoredHash() {
        return stored.toString();
    }

    @Override
    public void noteDue() {
        // The walk after a history of the share reads whole records, and these make due what hangs on them.
    }

    @Override
    public void setAside() {
        tables().quarantine().columns(companyId(), batch.stream().name(), rows.records());
        tables().quarantine().rows(from(), batch.setAside().stream().map(row -> new Quarantine.SourceRow(row.name(),
                row.id(), row.reason(), row.material())).toList());
    }

    @Override
    public void noteFiles() {
        // The share knows no files.
    }

    @Override
    public void appendLedger() {
        lock();
        tables().append(id(), tables().ledger().nextId(), rows, 0);
    }

    @Override
    public void moveCheckpoint() {
        super.moveCheckpoint();
        batch.end().ifPresent(this::close);
    }

    private void close(ShareBatch.End end) {
        if (end.partition().isWithoutRows()) {
            tables().quarantine().historyRead(from());
            return;
        }
        notes.partition(companyId(), batch.stream().name(), end.partition().key(),
                end.partition().to().map(Object::toString),
                end.expected().rows(), end.expected().toString(), end.equal());
        if (end.equal()) {
            tables().quarantine().rowsRead(from(),
                    name -> SetAsideRow.isOf(name, end.partition()) && !end.setAside().contains(name));
            tables().quarantine().partitionAccepted(from(), end.partition().toString());
        } else {
            tables().quarantine().partition(from(), end.partition().toString(),
                    ShareErrorCode.SHARE_DIGEST_DIFFERS.name());
        }
        tables().quarantine().historyRead(from());
    }

    @Override
    public LandedBatch landed() {
        return new LandedBatch(id(), batch.records().size(), outcome.changed().size(), rows.deleted().size(),
                rows.readHash(), digest);
    }
}
