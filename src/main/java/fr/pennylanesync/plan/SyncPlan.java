package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what one sync does to one stream of one company: which passes are due, one after the other, and how the
 * stream's state moves as they end: NEW → HISTORY → CATCH_UP → LIVE, and LIVE → GAP → HISTORY.
 */
public final class SyncPlan {

    private static final EventLog LOG = EventLog.of(SyncPlan.class);

    /**
     * One pass to come.
     *
     * @param ended what follows once it has come to its end
     * @param apart the table of the data sharing that it reads, if that is kept apart
     */
    private record PlannedPass(Supplier<Pass> open, Runnable ended, Optional<String> apart) {}

    /**
     * Names what a plan is made with.
     *
     * @param idle finds out whether anything is due behind a silent changelog
     * @param clock says how far positions may move
     */
    public record Parts(PassFactory passes, StreamLifecycle states, IdleStreams idle, PositionClock clock) {}

    private final long companyId;
    private final StreamDefinition stream;
    private final PassFactory passes;
    private final StreamLifecycle states;
    private final IdleStreams idle;
    private final SyncRequest syncRequest;
    private final Round round;
    private final FeedPositions positions;
    private final ChangesPlan changes;
    private final Deque<PlannedPass> steps = new ArrayDeque<>();
    private volatile Optional<Pass> open = Optional.empty();
    private volatile Optional<String> apartStopped = Optional.empty();
    private boolean looksForChangesAlone;
    private Optional<List<String>> childrenToRead = Optional.empty();
    private boolean isRecountReading;

    /**
     * Plans what is due.
     *
     * @param round the company's sync that the stream is read in
     */
    public SyncPlan(Parts parts, long companyId, StreamDefinition stream, Round round, SyncRequest syncRequest) {
        this.companyId = companyId;
        this.stream = stream;
        this.passes = parts.passes();
        this.states = parts.states();
        this.idle = parts.idle();
        this.syncRequest = syncRequest;
        this.round = round;
        this.positions = new FeedPositions(companyId, stream, parts, round.positions());
        this.changes = new ChangesPlan(companyId, stream, parts, positions, round);
        if (!stream.isListed() && !passes.share().offers(companyId, stream)) {
            // No share, or none for this company: there is nowhere else to read it.
            return;
        }
        StreamProgress known = round.progress(stream.name());
        if (known.equals(StreamProgress.NEW)) {
            states.introduce(companyId, stream.name());
        }
        plan(known);
        if (steps.isEmpty()) {
            states.succeeded(companyId, stream.name());
        }
    }

    /** The scope that reads the stream, for people. */
    public String scope() {
        return stream.scope().orElse("unknown");
    }

    /**
     * The reason of a sweep that found too much gone: as long as nobody confirms it, rows may be here that Pennylane no
     * longer has.
     */
    public Optional<String> sweepStopped() {
        return childrenToRead.isPresent() ? Optional.empty() : progress().sweepStopped();
    }

    public boolean isDue() {
        return !steps.isEmpty();
    }

    /** Opens the next pass. */
    public Pass next() {
        Pass pass = steps.getFirst().open().get();
        open = Optional.of(pass);
        return pass;
    }

    /** Tells whether a pass is open; it no longer is once one of its lanes has failed. */
    public boolean isOpen() {
        return open.isPresent();
    }

    /** Tells whether the open pass has more to read. */
    public boolean isReading() {
        return open.filter(Pass::isUnfinished).isPresent();
    }

    /** The pass has come to its end. */
    public void completed() {
        open = Optional.empty();
        steps.removeFirst().ended().run();
        if (looksForChangesAlone && steps.size() == 1 && changes.wasSilent()) {
            passOverRecords();
        } else if (steps.isEmpty()) {
            states.succeeded(companyId, stream.name());
        }
    }

    private void passOverRecords() {
        if (round.isIdle(stream)) {
            steps.clear();
            childrenToRead = Optional.of(idle.toReadBehindSilence(companyId, stream, round));
        }
    }

    /** Returns the names of the child streams that are to be read, where the stream and the others are passed over. */
    public Optional<List<String>> childrenToRead() {
        return childrenToRead;
    }

    /** The pass did not come to its end: the rest waits for the next sync. */
    public void stopped() {
        open = Optional.empty();
        steps.clear();
        looksForChangesAlone = false;
    }

    /**
     * The pass did not come to its end. If it reads a table that is kept apart, the stream itself is read already: only
     * that table waits for the next sync.
     *
     * @return the table's name; empty where it is the stream that stopped
     */
    public Optional<String> stoppedApart() {
        if (apartStopped.isEmpty() && isDue() && steps.getFirst().apart().isPresent()) {
            apartStopped = steps.getFirst().apart();
            stopped();
            states.succeeded(companyId, stream.name());
        }
        return apartStopped;
    }

    /**
     * The API refused our position: the feed no longer reaches back to it.
     *
     * @return false if a history was just read: the feed refuses for another reason, and reading again would never end
     */
    public boolean gap() {
        positions.readAnew();
        boolean tooOld = positions.areBehindRetention() || positions.areRefusedForTheirAge();
        if (progress().state() == StreamState.CATCH_UP && !tooOld) {
            return false;
        }
        stopped();
        heal(positions.historyBeginAfterRefusal());
        return true;
    }

    /** Changes were missed, or may have been: a new history, with deletions, heals it. */
    private void heal(Instant begin) {
        LOG.log(new SyncEvent.ChangelogGap(companyId, stream.name(), "a new history begins by itself"));
        states.move(companyId, stream.name(), progress().state(), StreamState.GAP);
        beginHistory(StreamState.GAP, begin);
    }

    private void plan(StreamProgress known) {
        StreamState state = known.state();
        if (stream.isChild()) {
            planChildren();
        } else if (syncRequest.onlyRecords()) {
            if (!syncRequest.months().isEmpty()) {
                add(() -> passes.share().months(companyId, stream, syncRequest.months()), () -> {});
            }
            planRecords(() -> {});
        } else if (positions.areImpossible(known)) {
            heal(positions.historyBegin());
        } else if (state != StreamState.LIVE || syncRequest.pass().isEmpty()) {
            planWhatIsDue(known);
        } else {
            planRequested(syncRequest.pass().get());
        }
    }

    private void planRequested(PassKind pass) {
        if (isOfShare()) {
            planSweep(() -> {});
            return;
        }
        switch (pass) {
            case HISTORY -> planHistoryAgain();
            case WALK -> add(() -> passes.walk(companyId, stream),
                    () -> states.walked(companyId, stream.name(), false));
            case SWEEP -> planSweep(() -> {});
            case CHANGES -> planChanges(() -> {});
            case PROOF -> throw new IllegalArgumentException("only sub-lists are proven");
        }
    }

    private void planWhatIsDue(StreamProgress known) {
        switch (known.state()) {
            case NEW, GAP -> beginHistory(known.state(), positions.historyBegin());
            case HISTORY -> resumeHistory();
            case CATCH_UP -> planCatchUp();
            case LIVE -> planLive(known);
        }
    }

    private void beginHistory(StreamState from, Instant begin) {
        positions.forget();
        boolean shared = passes.share().offers(companyId, stream) && !passes.share().hasApiRows(companyId, stream);
        states.beginHistory(companyId, stream.name(), from, begin, shared ? Source.SHARE : Source.API);
        planHistory();
    }

    /** The last page and the state are not moved in one transaction: a stop in between must not read it all again. */
    private void resumeHistory() {
        if (!passes.isHistoryRead(companyId, stream)) {
            planHistory();
        } else if (progress().historySource() == Source.SHARE && passes.share().offers(companyId, stream)) {
            planRecount();
        } else {
            historyIsRead();
        }
    }

    /** A share that is no longer configured, or no longer shows the company, leaves the list. */
    private void planHistory() {
        if (progress().historySource() == Source.API) {
            planWalkedHistory();
        } else if (passes.share().offers(companyId, stream)) {
            planSharedHistory();
        } else {
            states.historySource(companyId, stream.name(), Source.API);
            planWalkedHistory();
        }
    }

    private void planWalkedHistory() {
        add(() -> passes.history(companyId, stream, syncRequest.confirmed()), this::historyIsRead);
    }

    /** Compares once whether ids mean the same in share and API, before the first row lands. */
    private void planSharedHistory() {
        Optional<IdMatch> verdict = passes.share().verdict(companyId, stream);
        if (verdict.isEmpty()) {
            add(() -> passes.share().sample(companyId, stream), this::planProvenHistory);
        } else if (verdict.get() == IdMatch.SAME) {
            add(() -> passes.share().history(companyId, stream), this::planRecount);
        } else {
            LOG.log(new ShareEvent.ShareKeptApart(companyId, stream.name(), stream.apart().name()));
            states.historySource(companyId, stream.name(), Source.API);
            planWalkedHistory();
        }
    }

    /** The plan of months is held against one count of the whole; what differs is read once more. */
    private void planRecount() {
        add(this::recount, () -> {
            if (isRecountReading) {
                add(() -> passes.share().recounted(companyId, stream), this::historyIsRead);
            } else {
                historyIsRead();
            }
        });
    }

    private Pass recount() {
        Pass pass = passes.share().recount(companyId, stream);
        isRecountReading = pass.isUnfinished();
        return pass;
    }

    /** The table is nothing that the stream waits for: it comes last, and again until it was read once. */
    private void planApart() {
        boolean isApart = stream.share().isPresent() && !stream.isShareOnly() && passes.share().isConfigured()
                && passes.share().verdict(companyId, stream).filter(IdMatch.APART::equals).isPresent();
        if (isApart && states.progress(companyId, stream.apart().name()).state() != StreamState.APART) {
            String apart = stream.apart().name();
            steps.addLast(new PlannedPass(() -> passes.share().history(companyId, stream.apart()), () -> {
                states.keepApart(companyId, apart);
                states.succeeded(companyId, apart);
            }, Optional.of(apart)));
        }
    }

    private void planProvenHistory() {
        if (passes.share().verdict(companyId, stream).isPresent()) {
            planSharedHistory();
        } else {
            states.historySource(companyId, stream.name(), Source.API);
            planWalkedHistory();
        }
    }

    /** Plans a history that was asked for: once more from the share where it has the stream, else from the list. */
    private void planHistoryAgain() {
        boolean shared = passes.share().offers(companyId, stream)
                && passes.share().verdict(companyId, stream).filter(IdMatch.SAME::equals).isPresent();
        if (shared) {
            add(() -> passes.share().history(companyId, stream), () -> {});
        } else {
            add(() -> passes.walk(companyId, stream), () -> states.walked(companyId, stream.name(), false));
        }
    }

    private void historyIsRead() {
        boolean complete = stream.isShareOnly() || progress().historySource() == Source.API;
        if (complete) {
            states.walked(companyId, stream.name(), true);
        }
        states.move(companyId, stream.name(), StreamState.HISTORY, StreamState.CATCH_UP);
        planCatchUp();
    }

    private void planCatchUp() {
        planChanges(this::caughtUp);
    }

    /**
     * The data sharing has fewer fields than the API, and rows that are gone by now. So a history that came from there
     * is followed at once by a sweep of the list, and the stream is not LIVE before: nobody takes it for complete.
     */
    private void caughtUp() {
        Runnable live = () -> {
            states.move(companyId, stream.name(), StreamState.CATCH_UP, StreamState.LIVE);
            planApart();
        };
        if (!stream.isShareOnly() && progress().isOfShareAlone()) {
            planSweep(live);
        } else {
            live.run();
        }
    }

    private void planLive(StreamProgress known) {
        if (positions.areBehindRetention()) {
            heal(positions.historyBegin());
            return;
        }
        planChanges(() -> {});
        if (syncRequest.isSweepDue(stream, known)) {
            planSweep(() -> {});
        }
        planApart();
        looksForChangesAlone = !stream.feeds().isEmpty() && steps.size() == stream.feeds().size() + 1;
    }

    private void planChanges(Runnable ended) {
        changes.steps().forEach(step -> add(step.open(), step.ended()));
        planRecords(ended);
    }

    /** The records step asks for nothing where nothing is due. */
    private void planRecords(Runnable ended) {
        if (stream.reading().selectableById()) {
            add(() -> passes.records(companyId, stream), ended);
        } else {
            ended.run();
        }
    }

    /**
     * A sweep that an earlier sync left unfinished read its first pages long ago. Where no changelog tells what changed
     * in them since, it is followed by another.
     */
    private void planSweep(Runnable ended) {
        boolean resumed = stream.changelog().isEmpty() && passes.isResumable(companyId, stream, PassKind.SWEEP);
        add(() -> isOfShare() ? passes.share().sweep(companyId, stream, syncRequest.confirmed())
                : passes.sweep(companyId, stream, syncRequest.confirmed()), () -> {
                    states.walked(companyId, stream.name(), true);
                    if (resumed) {
                        planSweep(ended);
                    } else {
                        planRecords(ended);
                    }
                });
    }

    /** A company whose rows were read from the list stays with it, even if the share shows it later. */
    private boolean isOfShare() {
        return stream.isShareOnly() && !(stream.isListed() && progress().historySource() == Source.API);
    }

    private void planChildren() {
        new SubListPlan(companyId, stream, passes, states).steps(syncRequest)
                .forEach(step -> add(step.open(), step.ended()));
    }

    private StreamProgress progress() {
        return states.progress(companyId, stream.name());
    }

    private void add(Supplier<Pass> open, Runnable ended) {
        steps.addLast(new PlannedPass(open, ended, Optional.empty()));
    }
}
