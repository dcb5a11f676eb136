package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.Pass;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.ShareNotes;
import fr.pennylanesync.warehouse.StreamTables;
import fr.pennylanesync.warehouse.UnseenRows;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens passes over the data sharing, where a login is configured. */
public final class SharePasses {

    private static final Logger LOG = LoggerFactory.getLogger(SharePasses.class);

    private final JdbcClient jdbc;
    private final CheckpointStore checkpoints;
    private final Quarantine quarantine;
    private final ShareNotes notes;
    private final Optional<Share> share;
    private final Optional<ShareCompanies> companies;
    private final Clock clock;

    public SharePasses(JdbcClient jdbc, Optional<Share> share, Clock clock) {
        this.jdbc = jdbc;
        this.checkpoints = new CheckpointStore(jdbc);
        this.quarantine = new Quarantine(jdbc);
        this.notes = new ShareNotes(jdbc);
        this.share = share;
        this.companies = share.map(configured -> new ShareCompanies(configured, notes));
        this.clock = clock;
    }

    /** How far the share may be behind the API. */
    Duration lag() {
        return share.map(Share::lag).orElse(Duration.ZERO);
    }

    /**
     * Whether the login sees the company's rows.
     *
     * @throws SyncException SHARE_COMPANY_LOST if it saw them before and the stream has no other source
     */
    public boolean offers(long companyId, StreamDefinition stream) {
        if (companies.isEmpty() || stream.share().isEmpty()) {
            return false;
        }
        if (stream.isShareOnly() && companies.get().lost(companyId)) {
            throw new SyncException(ShareErrorCode.SHARE_COMPANY_LOST, stream.name() + " of company " + companyId);
        }
        return companies.get().sees(companyId);
    }

    /** Whether the table has what the API said of any record of the company: then the API's list must be read, not the share. */
    boolean hasApiRows(long companyId, StreamDefinition stream) {
        return jdbc.sql("select exists (select 1 from pennylane.\"" + stream.name() + "\" where company_id = ? and source = 'api')")
                .param(companyId).query(Boolean.class).single();
    }

    /** Whether ids mean the same in share and API; empty where that was not looked at. */
    public Optional<ShareNotes.Verdict> verdict(long companyId, StreamDefinition stream) {
        return stream.isShareOnly() ? Optional.of(ShareNotes.Verdict.SAME) : notes.verdict(companyId, stream.name());
    }

    /** Compares ids before anything is landed. */
    OpenPass sample(long companyId, StreamDefinition stream) {
        return new SamplePass(stream, companyId, share.orElseThrow().sample(stream.share().orElseThrow(), companyId, clock.instant(),
                SamplePass.ROWS), notes);
    }

    /** Every partition, or those that the checkpoint says are left. */
    OpenPass history(long companyId, StreamDefinition stream) {
        if (stream.isApart()) {
            new StreamTables(jdbc).ensure(stream);
        }
        List<Partition> plan = share.orElseThrow().plan(stream.share().orElseThrow(), companyId);
        Checkpoint at = checkpoints.open(companyId, stream.name(), Pass.HISTORY, position(plan, false),
                position -> position instanceof Position.Partitions left && !left.again() ? position : null);
        return new HistoryPass(stream, at, parts(new Held(stream, stream.isShareOnly(), false)));
    }

    private static Position position(List<Partition> plan, boolean again) {
        // Where there are no rows at all, the empty partition is read, and ends the pass.
        List<Partition> partitions = plan.isEmpty() ? List.of(Partition.month("")) : plan;
        return new Position.Partitions(partitions.stream().map(Partition::toString).toList(), again);
    }

    /**
     * The months whose digests differ: for a stream that only the share has.
     *
     * @param confirmed whether more rows may be deleted than the guard allows
     */
    OpenPass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        TableShape shape = share.orElseThrow().shape(stream.share().orElseThrow());
        Map<String, RowDigest> there = share.get().digests(shape, companyId);
        Map<String, RowDigest> here = new WarehouseDigests(jdbc, stream, shape).byMonth(companyId);
        boolean mayDelete = mayGo(companyId, stream, rows(here) - rows(there), rows(here), confirmed);
        return months(companyId, Pass.SWEEP, WarehouseDigests.differing(there, here), new Held(stream, mayDelete, confirmed));
    }

    /** Reads some months again, as a run of its own. Of a stream that only the share has, few rows may go by it: nobody confirmed more. */
    OpenPass months(long companyId, StreamDefinition stream, List<String> months) {
        return months(companyId, Pass.HISTORY, months, new Held(stream, stream.isShareOnly(), false));
    }

    private OpenPass months(long companyId, Pass pass, List<String> months, Held held) {
        Checkpoint at = checkpoints.open(companyId, held.stream.name(), pass, position(months.stream().map(Partition::month).toList(), true),
                position -> null);
        return new HistoryPass(held.stream, at, parts(held));
    }

    private HistoryPass.Parts parts(Held held) {
        return new HistoryPass.Parts(share.orElseThrow(), notes, quarantine, held);
    }

    /** With the shape that is open: waiting for a second connection while holding one could wait for ever. */
    private final class Held implements HistoryPass.Held {

        private final StreamDefinition stream;
        private final boolean deletes;
        private final boolean confirmed;
        /** How many rows go by partition: one that is read twice counts once. */
        private final Map<String, Long> gone = new HashMap<>();
        private Optional<Long> live = Optional.empty();

        private Held(StreamDefinition stream, boolean deletes, boolean confirmed) {
            this.stream = stream;
            this.deletes = deletes;
            this.confirmed = confirmed;
        }

        @Override
        public RowDigest digest(PartitionRead partition, long companyId, List<Long> ids) {
            return table(partition).landed(companyId, ids);
        }

        /** Rights may be lost after the pass was planned: what goes is counted once more as it goes. */
        @Override
        public synchronized List<Long> vanished(PartitionRead partition, Checkpoint reading) {
            if (!deletes) {
                return List.of();
            }
            List<Long> unseen = table(partition).unseen(partition.partition(), reading);
            if (unseen.isEmpty()) {
                return unseen;
            }
            live = live.or(() -> Optional.of(new UnseenRows(jdbc).live(stream, reading.companyId())));
            gone.put(partition.partition().key(), (long) unseen.size());
            long all = gone.values().stream().mapToLong(Long::longValue).sum();
            if (!confirmed && Sweep.isTooMuch(all, live.get())) {
                stopped(reading.companyId(), stream, all);
                return List.of();
            }
            return unseen;
        }

        private WarehouseDigests table(PartitionRead partition) {
            return new WarehouseDigests(jdbc, stream, partition.shape());
        }
    }

    /** Lost rights look exactly like mass deletion. */
    private boolean mayGo(long companyId, StreamDefinition stream, long unseen, long live, boolean confirmed) {
        if (!confirmed && Sweep.isTooMuch(unseen, live)) {
            stopped(companyId, stream, unseen);
            return false;
        }
        quarantine.sweepAccepted(sweep(companyId, stream));
        return true;
    }

    private void stopped(long companyId, StreamDefinition stream, long unseen) {
        quarantine.sweep(sweep(companyId, stream), (int) Math.min(unseen, Integer.MAX_VALUE));
        LOG.error("sweep_stopped company={} stream={} unseen={} remedy=\"check the share's login, then sync --pass sweep --confirm\"",
                companyId, stream.name(), unseen);
    }

    private static Checkpoint sweep(long companyId, StreamDefinition stream) {
        return new Checkpoint(companyId, stream.name(), Pass.SWEEP, 0, new Position.Reading("", 0, 0));
    }

    private static long rows(Map<String, RowDigest> digests) {
        return digests.values().stream().mapToLong(RowDigest::rows).sum();
    }
}
