package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens passes over the data sharing, where a login is configured. */
public final class SharePasses implements SharePassFactory {

    private static final EventLog LOG = EventLog.of(SharePasses.class);

    /**
     * Names the tables that the passes over the data sharing read.
     *
     * @param jdbc for the streams' own tables
     */
    public record ShareTables(JdbcClient jdbc, CheckpointStore checkpoints, Quarantine quarantine, ShareNotes notes,
            UnseenRows unseen) {}

    private final JdbcClient jdbc;
    private final CheckpointStore checkpoints;
    private final Quarantine quarantine;
    private final ShareNotes notes;
    private final UnseenRows unseenRows;
    private final Optional<Share> share;
    private final Optional<ShareCompanies> companies;
    private final Clock clock;

    public SharePasses(ShareTables tables, Optional<Share> share, Clock clock) {
        this.jdbc = tables.jdbc();
        this.checkpoints = tables.checkpoints();
        this.quarantine = tables.quarantine();
        this.notes = tables.notes();
        this.unseenRows = tables.unseen();
        this.share = share;
        this.companies = share.map(configured -> new ShareCompanies(configured, notes));
        this.clock = clock;
    }

    /**
     * Opens a snapshot of the data sharing; the caller closes it.
     *
     * @throws SyncException if there is no connection to be had
     */
    public OpenShare snapshot() {
        return share.orElseThrow().snapshot();
    }

    @Override
    public Duration lag() {
        return share.map(Share::lag).orElse(Duration.ZERO);
    }

    @Override
    public boolean offers(long companyId, StreamDefinition stream) {
        if (companies.isEmpty() || stream.share().isEmpty()) {
            return false;
        }
        if (stream.isShareOnly() && companies.get().lost(companyId)) {
            throw new SyncException(ShareErrorCode.SHARE_COMPANY_LOST, stream.name() + " of company " + companyId);
        }
        return companies.get().sees(companyId);
    }

    @Override
    public boolean hasApiRows(long companyId, StreamDefinition stream) {
        return jdbc
                .sql("select exists (select 1 from pennylane.\"" + stream.name()
                        + "\" where company_id = ? and source = 'api')")
                .param(companyId).query(Boolean.class).single();
    }

    @Override
    public Optional<ShareNotes.IdMatch> verdict(long companyId, StreamDefinition stream) {
        return stream.isShareOnly() ? Optional.of(ShareNotes.IdMatch.SAME) : notes.verdict(companyId, stream.name());
    }

    @Override
    public Pass sample(long companyId, StreamDefinition stream) {
        return new SamplePass(stream, companyId,
                share.orElseThrow().sample(stream.share().orElseThrow(), companyId, clock.instant(),
                        SamplePass.ROWS),
                notes::verdict);
    }

    @Override
    public Pass history(long companyId, StreamDefinition stream) {
        if (stream.isApart()) {
            new StreamTables(jdbc).ensure(stream);
        }
        List<Partition> plan = share.orElseThrow().plan(stream.share().orElseThrow(), companyId);
        Checkpoint at = checkpoints.open(companyId, stream.name(), PassKind.HISTORY, position(plan, false),
                position -> position instanceof Position.Partitions left && !left.again() ? position : null);
        return new HistoryPass(stream, at,
                dependencies(new Vanished(stream, stream.isShareOnly(), new SweepGuard(false))));
    }

    private static Position position(List<Partition> plan, boolean again) {
        // Where there are no rows at all, the empty partition is read, and ends the pass.
        List<Partition> partitions = plan.isEmpty() ? List.of(Partition.month("")) : plan;
        return new Position.Partitions(partitions.stream().map(Partition::toString).toList(), again);
    }

    @Override
    public Pass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        TableShape shape = share.orElseThrow().shape(stream.share().orElseThrow());
        Map<String, RowDigest> there = share.get().digests(shape, companyId);
        Map<String, RowDigest> here = new TableDigests(jdbc, stream, shape).byMonth(companyId);
        boolean mayDelete = mayGo(companyId, stream, rows(here) - rows(there), rows(here), new SweepGuard(confirmed));
        return months(companyId, PassKind.SWEEP, TableDigests.differing(there, here),
                new Vanished(stream, mayDelete, new SweepGuard(confirmed)));
    }

    @Override
    public Pass months(long companyId, StreamDefinition stream, List<String> months) {
        return months(companyId, PassKind.HISTORY, months,
                new Vanished(stream, stream.isShareOnly(), new SweepGuard(false)));
    }

    private Pass months(long companyId, PassKind pass, List<String> months, Vanished vanished) {
        Checkpoint at = checkpoints.open(companyId, vanished.stream.name(), pass,
                position(months.stream().map(Partition::month).toList(), true),
                position -> null);
        return new HistoryPass(vanished.stream, at, dependencies(vanished));
    }

    private HistoryPass.HistoryDependencies dependencies(Vanished vanished) {
        return new HistoryPass.HistoryDependencies(share.orElseThrow().connections(), share.get()::read, notes::columns,
                vanished);
    }

    /**
     * Rights may be lost after a pass was planned: what goes is counted once more as it goes. The shape is the open
     * one's: waiting for a second connection while holding one could wait for ever.
     */
    private final class Vanished implements HistoryPass.VanishedRows {

        private final StreamDefinition stream;
        private final boolean deletes;
        private final SweepGuard guard;
        /** Counts the rows that go, by partition: one that is read twice counts once. */
        private final Map<String, Long> gone = new HashMap<>();
        private Optional<Long> live = Optional.empty();

        private Vanished(StreamDefinition stream, boolean deletes, SweepGuard guard) {
            this.stream = stream;
            this.deletes = deletes;
            this.guard = guard;
        }

        @Override
        public synchronized List<Long> of(PartitionRead partition, Checkpoint reading) {
            if (!deletes) {
                return List.of();
            }
            List<Long> unseen =
                    new TableDigests(jdbc, stream, partition.shape()).unseen(partition.partition(), reading);
            if (unseen.isEmpty()) {
                return unseen;
            }
            live = live.or(() -> Optional.of(unseenRows.live(stream, reading.companyId())));
            gone.put(partition.partition().key(), (long) unseen.size());
            long all = gone.values().stream().mapToLong(Long::longValue).sum();
            if (guard.stops(all, live.get())) {
                stopped(reading.companyId(), stream, all);
                return List.of();
            }
            return unseen;
        }
    }

    /** Lost rights look exactly like mass deletion. */
    private boolean mayGo(long companyId, StreamDefinition stream, long unseen, long live, SweepGuard guard) {
        if (guard.stops(unseen, live)) {
            stopped(companyId, stream, unseen);
            return false;
        }
        quarantine.sweepAccepted(sweep(companyId, stream));
        return true;
    }

    private void stopped(long companyId, StreamDefinition stream, long unseen) {
        quarantine.sweep(sweep(companyId, stream), (int) Math.min(unseen, Integer.MAX_VALUE));
        LOG.log(new SyncEvent.SweepStopped(companyId, stream.name(), Quarantine.SWEEP_WOULD_DELETE, unseen,
                "check the share's login, then sync --pass sweep --confirm"));
    }

    private static Checkpoint sweep(long companyId, StreamDefinition stream) {
        return new Checkpoint(companyId, stream.name(), PassKind.SWEEP, 0, new Position.Reading("", 0, 0));
    }

    private static long rows(Map<String, RowDigest> digests) {
        return digests.values().stream().mapToLong(RowDigest::rows).sum();
    }
}
