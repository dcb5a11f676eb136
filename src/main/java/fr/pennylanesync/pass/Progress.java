package fr.pennylanesync.pass;

import fr.pennylanesync.warehouse.LandedBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the running syncs have done so far, per company and stream: for the terminal, the exit code and the log. Safe for threads. */
public final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private record Key(long companyId, String stream) {}

    /** How a stream's pass ended, or that it has not. */
    public enum Outcome { RUNNING, COMPLETE, STOPPED, FAILED, NOT_PERMITTED }

    /**
     * One stream's figures.
     *
     * @param reason why it failed, or which scope it lacks
     */
    public record StreamProgress(long companyId, String stream, Outcome outcome, long records, long changed, long deleted, long batches,
            long requests, Optional<String> reason) {

        private StreamProgress plus(LandedBatch batch, int requestsMade) {
            return new StreamProgress(companyId, stream, outcome, records + batch.recordCount(), changed + batch.changedCount(),
                    deleted + batch.deletedCount(), batches + 1, requests + requestsMade, reason);
        }

        private StreamProgress ended(Outcome how, Optional<String> why) {
            return new StreamProgress(companyId, stream, how, records, changed, deleted, batches, requests, why);
        }
    }

    private final Map<Key, StreamProgress> streams = new ConcurrentHashMap<>();

    public void started(long companyId, String stream) {
        streams.merge(new Key(companyId, stream), new StreamProgress(companyId, stream, Outcome.RUNNING, 0, 0, 0, 0, 0, Optional.empty()),
                (before, fresh) -> before.ended(Outcome.RUNNING, Optional.empty()));
    }

    /** @param requestsMade for the batch */
    public void landed(Lane pass, LandedBatch batch, int requestsMade) {
        long companyId = pass.checkpoint().companyId();
        String stream = pass.stream().name();
        streams.computeIfPresent(new Key(companyId, stream),
                (key, before) -> before.plus(batch, requestsMade));
        LOG.debug("batch_landed company={} stream={} pass={} batch={} records={} changed={} deleted={}", companyId, stream,
                pass.checkpoint().pass().label(), batch.id(), batch.recordCount(), batch.changedCount(), batch.deletedCount());
    }

    public void ended(OpenPass pass, Outcome outcome) {
        StreamProgress end = end(pass.checkpoint().companyId(), pass.stream().name(), outcome, Optional.empty());
        LOG.info("pass_ended company={} stream={} pass={} outcome={} records={} changed={} deleted={} requests={}", end.companyId(),
                end.stream(), pass.checkpoint().pass().label(), outcome, end.records(), end.changed(), end.deleted(), end.requests());
    }

    /** Nothing was due. */
    public void idle(long companyId, String stream) {
        end(companyId, stream, Outcome.COMPLETE, Optional.empty());
    }

    /** @param message what happened and what to do, without any data */
    public void failed(long companyId, String stream, String code, String message) {
        end(companyId, stream, Outcome.FAILED, Optional.of(message));
        LOG.error("stream_stopped company={} stream={} code={} message=\"{}\"", companyId, stream, code, message);
    }

    /** The token lacks the stream's scope: told in the log when it is news, not at every sync. */
    public void notPermitted(long companyId, String stream, String scope) {
        StreamProgress before = streams.get(new Key(companyId, stream));
        StreamProgress now = end(companyId, stream, Outcome.NOT_PERMITTED, Optional.of(scope));
        if (before == null || before.outcome() != Outcome.NOT_PERMITTED) {
            LOG.warn("stream_not_permitted company={} stream={} scope={}", companyId, now.stream(), scope);
        }
    }

    private StreamProgress end(long companyId, String stream, Outcome outcome, Optional<String> reason) {
        return streams.compute(new Key(companyId, stream), (key, before) -> {
            StreamProgress known = before == null
                    ? new StreamProgress(companyId, stream, outcome, 0, 0, 0, 0, 0, reason)
                    : before;
            return known.ended(outcome, reason);
        });
    }

    /** Whether the stream's last pass came to its end. */
    public boolean isComplete(long companyId, String stream) {
        StreamProgress known = streams.get(new Key(companyId, stream));
        return known != null && known.outcome() == Outcome.COMPLETE;
    }

    public List<StreamProgress> all() {
        List<StreamProgress> all = new ArrayList<>(streams.values());
        all.sort(Comparator.comparingLong(StreamProgress::companyId).thenComparing(StreamProgress::stream));
        return all;
    }
}
