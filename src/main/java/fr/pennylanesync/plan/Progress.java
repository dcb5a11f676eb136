package fr.pennylanesync.plan;

import fr.pennylanesync.failure.GeneralErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.lease.LeaseErrorCode;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what the running syncs have done so far, per company and stream: for the terminal, the exit code and the log.
 * Safe for threads.
 */
public final class Progress {

    private static final EventLog LOG = EventLog.of(Progress.class);

    private record ProgressKey(long companyId, String stream) {}

    /** Says how a stream's pass ended, or that it has not ended yet. */
    public enum StreamOutcome {
        RUNNING,
        COMPLETE,
        /** All was read, and a sweep that found too much gone waits for somebody to confirm it. */
        UNCONFIRMED,
        STOPPED,
        FAILED,
        NOT_PERMITTED
    }

    /**
     * One stream's figures.
     *
     * @param reason why it failed, what is to be confirmed, or which scope it lacks
     */
    public record StreamSync(long companyId, String stream, StreamOutcome outcome, long records, long changed,
            long deleted, long batches,
            long requests, Optional<String> reason) {

        private StreamSync plus(LandedBatch batch, int requestsMade) {
            return new StreamSync(companyId, stream, outcome, records + batch.recordCount(),
                    changed + batch.changedCount(),
                    deleted + batch.deletedCount(), batches + 1, requests + requestsMade, reason);
        }

        private StreamSync asked(int requestsMade) {
            return new StreamSync(companyId, stream, outcome, records, changed, deleted, batches,
                    requests + requestsMade, reason);
        }

        /** Returns what was done since then. */
        private StreamSync since(StreamSync then) {
            return new StreamSync(companyId, stream, outcome, records - then.records, changed - then.changed,
                    deleted - then.deleted, batches - then.batches, requests - then.requests, reason);
        }

        private static StreamSync none(long companyId, String stream) {
            return new StreamSync(companyId, stream, StreamOutcome.RUNNING, 0, 0, 0, 0, 0, Optional.empty());
        }

        private StreamSync ended(StreamOutcome how, Optional<String> why) {
            return new StreamSync(companyId, stream, how, records, changed, deleted, batches, requests, why);
        }
    }

    /** Stands where a stream's name would, for what concerns the company's sync as a whole. */
    public static final String COMPANY = "me";

    private final UnexpectedFaults faults = new UnexpectedFaults();
    /** By company, so that the end of a sync does not look at the streams of thousands of others. */
    private final Map<Long, Map<String, StreamSync>> companies = new ConcurrentHashMap<>();
    private final Set<Long> stoppedCompanies = ConcurrentHashMap.newKeySet();
    /** Holds what the log has said of each stream. */
    private final Map<ProgressKey, StreamSync> told = new ConcurrentHashMap<>();
    private final Map<Long, CompanySync> syncs = new ConcurrentHashMap<>();

    /** Holds where the streams of a company stood when its sync began. */
    private record CompanySync(long beganNanos, Map<String, StreamSync> before) {}

    /** A sync of the company begins. */
    public void companyStarted(long companyId) {
        stoppedCompanies.remove(companyId);
        syncs.put(companyId, new CompanySync(System.nanoTime(), ofCompany(companyId)
                .collect(Collectors.toMap(StreamSync::stream, Function.identity()))));
    }

    /** The sync of the company came to its end, whatever each stream achieved. */
    public void companyEnded(long companyId) {
        CompanySync sync = syncs.remove(companyId);
        if (sync == null) {
            return;
        }
        List<StreamSync> done = ofCompany(companyId).map(stream -> stream.since(
                sync.before().getOrDefault(stream.stream(), StreamSync.none(companyId, stream.stream())))).toList();
        LOG.log(new SyncEvent.CompanySynced(companyId, done.size(), sum(done, StreamSync::records),
                sum(done, StreamSync::changed), sum(done, StreamSync::deleted),
                sum(done, StreamSync::requests),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sync.beganNanos())));
    }

    /** Tells whether a sync of the company has begun and not ended. */
    public boolean isUnderWay(long companyId) {
        return syncs.containsKey(companyId);
    }

    private Stream<StreamSync> ofCompany(long companyId) {
        return streams(companyId).values().stream();
    }

    private Map<String, StreamSync> streams(long companyId) {
        return companies.computeIfAbsent(companyId, any -> new ConcurrentHashMap<>());
    }

    private static long sum(List<StreamSync> done, ToLongFunction<StreamSync> figure) {
        return done.stream().mapToLong(figure).sum();
    }

    public void started(long companyId, String stream) {
        streams(companyId).merge(stream, StreamSync.none(companyId, stream),
                (before, fresh) -> before.ended(StreamOutcome.RUNNING, Optional.empty()));
    }

    /** @param requestsMade for the batch */
    public void landed(Lane pass, LandedBatch batch, int requestsMade) {
        long companyId = pass.checkpoint().companyId();
        String stream = pass.stream().name();
        streams(companyId).computeIfPresent(stream, (name, before) -> before.plus(batch, requestsMade));
        LOG.log(new SyncEvent.BatchLanded(companyId, stream, pass.checkpoint().pass().label(), batch.id(),
                batch.recordCount(), batch.changedCount(), batch.deletedCount()));
    }

    /** @param requestsMade for what turned out to be no batch */
    public void asked(long companyId, String stream, int requestsMade) {
        streams(companyId).computeIfPresent(stream, (name, before) -> before.asked(requestsMade));
    }

    public void ended(Pass pass, StreamOutcome outcome) {
        StreamSync end = end(pass.checkpoint().companyId(), pass.stream().name(), outcome, Optional.empty());
        StreamSync before = told.put(new ProgressKey(end.companyId(), end.stream()), end);
        StreamSync done =
                end.since(before == null ? StreamSync.none(end.companyId(), end.stream()) : before);
        boolean idle = done.records() + done.changed() + done.deleted() == 0 && outcome != StreamOutcome.STOPPED;
        String label = pass.checkpoint().pass().label();
        if (idle) {
            LOG.log(new SyncEvent.PassIdle(end.companyId(), end.stream(), label, done.requests()));
        } else {
            LOG.log(new SyncEvent.PassEnded(end.companyId(), end.stream(), label, outcome.name(), done.records(),
                    done.changed(), done.deleted(), done.requests()));
        }
    }

    /** Nothing was due. */
    public void idle(long companyId, String stream) {
        end(companyId, stream, StreamOutcome.COMPLETE, Optional.empty());
    }

    /** @param message what happened and what to do, without any data */
    public void failed(long companyId, String stream, String code, String message) {
        end(companyId, stream, StreamOutcome.FAILED, Optional.of(message));
        faults.ended(companyId, stream, GeneralErrorCode.UNEXPECTED.name().equals(code));
        LOG.log(new SyncEvent.StreamStopped(companyId, stream, code, message));
    }

    /**
     * Notes what could not be done because something that it depends on is away, which the log says once, for all.
     *
     * @param message what happened and what to do, without any data
     */
    public void waits(long companyId, String stream, String message) {
        end(companyId, stream, StreamOutcome.FAILED, Optional.of(message));
    }

    /** Another process reads the company: this sync is left out. */
    public void busy(long companyId) {
        end(companyId, COMPANY, StreamOutcome.FAILED,
                Optional.of(LeaseErrorCode.COMPANY_BUSY.name() + ": " + LeaseErrorCode.COMPANY_BUSY.explanation()));
        LOG.log(new SyncEvent.CompanyBusy(companyId, "sync"));
    }

    /** The company may not be read any more, whatever the stream: told in the log once a sync, not stream by stream. */
    public void companyStopped(long companyId, String stream, String code, String message) {
        end(companyId, stream, StreamOutcome.FAILED, Optional.of(message));
        if (stoppedCompanies.add(companyId)) {
            LOG.log(new SyncEvent.CompanyStopped(companyId, code, message));
        }
    }

    /** Everything was read; a sweep, now or before, deleted nothing and waits to be confirmed. */
    public void unconfirmed(long companyId, String stream, String reason) {
        end(companyId, stream, StreamOutcome.UNCONFIRMED,
                Optional.of(reason + " rows, deleted nothing: check the token's rights, then sync --company "
                        + companyId + " --stream " + stream + " --pass sweep --confirm"));
    }

    /**
     * The token lacks the stream's scope.
     *
     * @param news told in the log only then
     */
    public void notPermitted(long companyId, String stream, String scope, boolean news) {
        end(companyId, stream, StreamOutcome.NOT_PERMITTED, Optional.of(scope));
        if (news) {
            LOG.log(new SyncEvent.StreamNotPermitted(companyId, stream, scope));
        }
    }

    /**
     * Tells whether work is done at all.
     *
     * @throws SyncException UNEXPECTED if the last sync of every company ended in a fault of this program
     */
    public void requireWork() {
        if (faults.isEverywhere()) {
            throw new SyncException(GeneralErrorCode.UNEXPECTED, "every company stands still");
        }
    }

    private StreamSync end(long companyId, String stream, StreamOutcome outcome, Optional<String> reason) {
        faults.ended(companyId, stream, false);
        return streams(companyId).compute(stream, (name, before) -> {
            StreamSync known = before == null
                    ? new StreamSync(companyId, stream, outcome, 0, 0, 0, 0, 0, reason)
                    : before;
            return known.ended(outcome, reason);
        });
    }

    /** Tells whether the stream's last pass came to its end. */
    public boolean isComplete(long companyId, String stream) {
        StreamSync known = streams(companyId).get(stream);
        return known != null
                && (known.outcome() == StreamOutcome.COMPLETE || known.outcome() == StreamOutcome.UNCONFIRMED);
    }

    public List<StreamSync> all() {
        List<StreamSync> all = new ArrayList<>();
        companies.values().forEach(streams -> all.addAll(streams.values()));
        all.sort(Comparator.comparingLong(StreamSync::companyId).thenComparing(StreamSync::stream));
        return all;
    }
}
