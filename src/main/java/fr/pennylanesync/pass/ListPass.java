package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.api.Verdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.RecordMapper;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A walk over a list of its own: one page, one batch. */
final class ListPass implements OpenPass {

    private final StreamDefinition stream;
    private final ListReader reader;
    private PageTrail trail = new PageTrail();
    private Optional<StreamDefinition> includedChild;
    private Checkpoint checkpoint;
    private Optional<Page> page = Optional.empty();
    private List<StreamRecord> records = List.of();
    private final SecondReading secondReading = new SecondReading();
    private final Optional<Sweep> sweep;
    private int requests;

    ListPass(StreamDefinition stream, Checkpoint checkpoint, ListReader reader, Optional<StreamDefinition> includedChild,
            Optional<Sweep> sweep) {
        this.stream = stream;
        this.checkpoint = checkpoint;
        this.reader = reader;
        this.includedChild = includedChild;
        this.sweep = sweep;
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
    public Priority priority() {
        return Priority.WALK;
    }

    @Override
    public boolean isUnfinished() {
        return !(checkpoint.position() instanceof Position.Ended);
    }

    @Override
    public void restartBatch() {
        page = Optional.empty();
    }

    @Override
    public PageRequest request() {
        PageRequest request = reader.request();
        return includedChild.flatMap(StreamDefinition::include).map(request::including).orElse(request);
    }

    @Override
    public void offer(Page received) {
        requests++;
        page = Optional.empty();
        Verdict verdict = trail.check(request(), received);
        List<StreamRecord> read = received.items().stream().map(item -> RecordMapper.map(stream, 0, item)).toList();
        boolean suspicious = verdict == Verdict.SHORT || reader.endsUnproven(received);
        if (suspicious && !secondReading.confirmsRecords(read, stream.path())) {
            return;
        }
        secondReading.forget();
        records = read;
        page = Optional.of(received);
    }

    /** {@code include} is experimental: where it is refused, the sub-lists are read one by one instead. */
    @Override
    public boolean endures(ApiFailure failure) {
        requests++;
        boolean includeRefused = includedChild.isPresent() && failure.code() == ApiFailureCode.BAD_REQUEST;
        if (includeRefused) {
            includedChild = Optional.empty();
        }
        return includeRefused;
    }

    @Override
    public boolean isBatchReady() {
        return page.isPresent();
    }

    @Override
    public LandedBatch land(Landing landing, Dependents dependents) {
        Batch batch = Batch.page(stream, checkpoint, records, List.of(), included(), requests);
        return sweep.isPresent() && next() instanceof Position.Ended
                ? sweep.get().landLast(landing, batch, dependents)
                : landing.land(batch, dependents, next());
    }

    private List<Batch.Included> included() {
        if (includedChild.isEmpty() || page.orElseThrow().included().isEmpty()) {
            return List.of();
        }
        List<StreamRecord> children = new ArrayList<>();
        List<Long> whole = new ArrayList<>();
        page.orElseThrow().included().forEach((parentId, list) -> {
            for (ObjectNode item : list.items()) {
                children.add(RecordMapper.map(includedChild.get(), parentId, item));
            }
            if (!list.hasMore()) {
                whole.add(parentId);
            }
        });
        return List.of(new Batch.Included(includedChild.get(), children, whole));
    }

    private Position next() {
        return reader.after(page.orElseThrow());
    }

    @Override
    public void landed() {
        Page done = page.orElseThrow();
        checkpoint = checkpoint.at(next());
        boolean sameList = done.hasMore() || reader instanceof KeysetReader;
        if (sameList) {
            trail.advance(done);
        } else {
            trail = new PageTrail();
        }
        reader.advance(done);
        page = Optional.empty();
        requests = 0;
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
