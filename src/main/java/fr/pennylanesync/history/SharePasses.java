package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.history.DepartedRows.Departure;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens passes over the data sharing, where a login is configured. */
public final class SharePasses implements SharePassFactory {

    private static final EventLog LOG = EventLog.of(SharePasses.class);
    /** Stands where a partition's name would, for a table whose rows are not as many as those of the share. */
    private static final String ALL_ROWS = "of all rows";

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
        this.companies = share.map(configured -> new ShareCompanies(configured, notes, clock));
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
    public boolean isConfigured() {
        return share.isPresent();
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
        return stream.isShareOnly() ? isVisible(companyId, stream) : companies.get().seesOrGaveUp(companyId);
    }

    /**
     * Tells whether the login sees the company's rows now.
     *
     * @throws SyncException if the share gives no answer, however long already; or if it saw them before and the stream
     * has no other source
     */
    public boolean isVisible(long companyId, StreamDefinition stream) {
        if (stream.isShareOnly() && companies.orElseThrow().lost(companyId)) {
            throw new SyncException(ShareErrorCode.SHARE_COMPANY_LOST, stream.name() + " of company " + companyId);
        }
        return companies.orElseThrow().sees(companyId);
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
                share.orElseThrow().sample(stream.unruled().share().orElseThrow(), companyId, clock.instant(),
                        SamplePass.ROWS),
                notes::verdict);
    }

    @Override
    public Pass history(long companyId, StreamDefinition stream) {
        if (stream.isApart()) {
            new StreamTables(jdbc).ensure(stream);
        }
        List<Partition> plan = share.orElseThrow().plan(stream.share().orElseThrow(), companyId);
        Checkpoint at = checkpoints.open(companyId, stream.name(), PassKind.HISTORY, position(stream, plan, false),
                position -> position instanceof Position.Partitions left && !left.again() ? position : null);
        Set<Long> known = quarantine.rows(companyId, stream.name(), SetAsideRow.WITH_ONE_ID);
        return pass(departed(stream, departure(companyId, stream, Set.of())), at,
                known.isEmpty() ? known : repeated(companyId, stream));
    }

    /** Nothing goes as long as a sweep stands stopped: nobody has said yet that the rows are really gone. */
    private Departure departure(long companyId, StreamDefinition stream, Set<Long> merged) {
        return new Departure(stream.isShareOnly() && !quarantine.isSweepStopped(companyId, stream.name()),
                new SweepGuard(false), merged);
    }

    /** Ids that stand for several rows, wherever in the table; asked for only where something is amiss. */
    private Set<Long> repeated(long companyId, StreamDefinition stream) {
        return share.orElseThrow().repeatedIds(stream.share().orElseThrow(), companyId);
    }

    /** The one without rows comes last, where rows may go: what no other held is decided upon as a whole. */
    private static Position position(StreamDefinition stream, List<Partition> plan, boolean again) {
        // Where there are no rows at all, the empty partition is read, and ends the pass.
        List<Partition> partitions = new ArrayList<>(plan.isEmpty() ? List.of(Partition.month("")) : plan);
        if (stream.isShareOnly()) {
            partitions.add(Partition.withoutRows());
        }
        return new Position.Partitions(partitions.stream().map(Partition::toString).toList(), again);
    }

    @Override
    public Pass recount(long companyId, StreamDefinition stream) {
        ShareTable table = stream.share().orElseThrow();
        long here = rowsHere(companyId, stream);
        if (share.orElseThrow().count(table, companyId) == here) {
            quarantine.partitionAccepted(history(companyId, stream.name()), ALL_ROWS);
            return ended(companyId, stream);
        }
        Set<Long> repeated = repeated(companyId, stream);
        Map<String, Long> counted = new TableDigests(jdbc, stream, share.get().shape(table)).countByMonth(companyId);
        Set<String> months = new TreeSet<>(share.get().months(table, companyId).entrySet().stream()
                .filter(month -> !month.getValue().equals(counted.remove(month.getKey()))).map(Map.Entry::getKey)
                .toList());
        months.addAll(counted.keySet());
        months.addAll(share.get().monthsOf(table, companyId, repeated));
        return months(companyId, PassKind.HISTORY, List.copyOf(months), departed(stream,
                departure(companyId, stream, repeated)), repeated);
    }

    private long rowsHere(long companyId, StreamDefinition stream) {
        return unseenRows.live(stream, companyId) + quarantine.rows(companyId, stream.name());
    }

    private HistoryPass ended(long companyId, StreamDefinition stream) {
        return pass(departed(stream, Departure.none()),
                history(companyId, stream.name()).at(new Position.Ended()), Set.of());
    }

    private static Checkpoint history(long companyId, String stream) {
        return new Checkpoint(companyId, stream, PassKind.HISTORY, 0, new Position.Reading("", 0, 0));
    }

    @Override
    public Pass recounted(long companyId, StreamDefinition stream) {
        long there = share.orElseThrow().count(stream.share().orElseThrow(), companyId);
        long here = rowsHere(companyId, stream);
        if (there == here) {
            quarantine.partitionAccepted(history(companyId, stream.name()), ALL_ROWS);
            return ended(companyId, stream);
        }
        quarantine.partition(history(companyId, stream.name()), ALL_ROWS, ShareErrorCode.SHARE_COUNT_DIFFERS.name());
        LOG.log(new ShareEvent.ShareCountDiffers(companyId, stream.name(), there, here,
                "audit --kind share names the months"));
        return ended(companyId, stream);
    }

    @Override
    public Pass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        TableShape shape = share.orElseThrow().shape(stream.share().orElseThrow());
        Map<String, RowDigest> there = share.get().digests(shape, companyId);
        Map<String, RowDigest> here = new TableDigests(jdbc, stream, shape).byMonth(companyId);
        notes.months(companyId, stream.name(), there.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, month -> month.getValue().toString())));
        return months(companyId, PassKind.SWEEP, TableDigests.differing(there, here),
                new Departure(stream.isShareOnly(), new SweepGuard(confirmed), Set.of()), stream);
    }

    @Override
    public Pass months(long companyId, StreamDefinition stream, List<String> months) {
        return months(companyId, PassKind.HISTORY, months, departure(companyId, stream, Set.of()), stream);
    }

    /** Of several rows with one id all are read again, in whichever month each is. */
    private Pass months(long companyId, PassKind pass, List<String> months, Departure departure,
            StreamDefinition stream) {
        Set<Long> repeated = months.isEmpty() ? Set.of() : repeated(companyId, stream);
        Set<String> all = new TreeSet<>(months);
        all.addAll(share.orElseThrow().monthsOf(stream.share().orElseThrow(), companyId, repeated));
        return months(companyId, pass, List.copyOf(all), departed(stream, departure), repeated);
    }

    private Pass months(long companyId, PassKind pass, List<String> months, DepartedRows departed,
            Set<Long> repeatedIds) {
        Checkpoint at = checkpoints.open(companyId, departed.stream().name(), pass,
                position(departed.stream(), months.stream().map(Partition::month).toList(), true),
                position -> null);
        return pass(departed, at, repeatedIds);
    }

    private HistoryPass pass(DepartedRows departed, Checkpoint at, Set<Long> repeatedIds) {
        Share source = share.orElseThrow();
        return new HistoryPass(departed.stream(), at,
                new HistoryPass.HistoryDependencies(source.connections(),
                        (snapshot, table, company, partition) -> source.read(snapshot, table, company, partition,
                                repeatedIds),
                        notes::columns, departed, !hasRows(departed.stream(), at.companyId())));
    }

    private boolean hasRows(StreamDefinition stream, long companyId) {
        return jdbc.sql("select exists (select 1 from " + StreamTables.table(stream) + " where company_id = ?)")
                .param(companyId).query(Boolean.class).single();
    }

    private DepartedRows departed(StreamDefinition stream, Departure departure) {
        return new DepartedRows(jdbc, unseenRows, quarantine, stream, departure);
    }
}
