package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.Claim;
import fr.pennylanesync.landing.state.Claims;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the sub-lists that are due of the relation's other side, which is here, without a request. Those of records
 * that a history brought alone: what changes later is asked for.
 */
public final class DerivationPass implements Pass, Lane {

    static final int PARENTS_PER_BATCH = 100;

    /** Names what tells which sub-lists are due, what they hold, and which of them need not be asked for. */
    public interface Relation {

        /** Returns the next parents that are due since a history, each with the batch that made it due. */
        Map<Long, Long> next(long afterId, int limit);

        /** Returns the rows of each parent that can be made. */
        Map<Long, List<ObjectNode>> rows(Collection<Long> parents);
    }

    private final StreamDefinition stream;
    private final Optional<Relation> relation;
    private final Claims claims;
    private Checkpoint checkpoint;
    private Map<Long, Long> taken = Map.of();

    /** @param relation none where it is not known whole: the pass is at its end then */
    public DerivationPass(StreamDefinition stream, Checkpoint checkpoint, Claims claims, Optional<Relation> relation) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.claims = claims;
        this.relation = relation;
        takeDue(0);
    }

    private void takeDue(long afterId) {
        taken = relation.map(known -> known.next(afterId, PARENTS_PER_BATCH)).orElse(Map.of());
    }

    @Override
    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public boolean isUnfinished() {
        return !taken.isEmpty();
    }

    @Override
    public boolean isResumable() {
        return true;
    }

    @Override
    public boolean isDerived() {
        return true;
    }

    @Override
    public List<Lane> lanes() {
        return List.of(this);
    }

    @Override
    public boolean isBatchReady() {
        return isUnfinished();
    }

    @Override
    public Batch batch() {
        Map<Long, List<StreamRecord>> records = new HashMap<>();
        relation.orElseThrow().rows(taken.keySet()).forEach((parent, rows) -> records.put(parent,
                rows.stream().map(row -> RecordMapper.map(stream, parent, row)).toList()));
        Map<Long, Long> known = new HashMap<>(taken);
        known.keySet().retainAll(records.keySet());
        Claim claim = claims.derived(checkpoint.companyId(), stream, known,
                parent -> Claim.expected(records.get(parent)));
        List<StreamRecord> proven = claim.proven().keySet().stream().sorted()
                .flatMap(parent -> records.get(parent).stream()).toList();
        return RecordBatch.proven(stream, checkpoint, next(), proven, claim, 0);
    }

    private Position next() {
        return ((Position.Worked) checkpoint.position()).next();
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        checkpoint = checkpoint.at(next());
        takeDue(taken.keySet().stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    @Override
    public int batchRequests() {
        return 0;
    }
}
