package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.api.RowKind;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.BatchKey;
import fr.pennylanesync.warehouse.ChangeEvent;
import fr.pennylanesync.warehouse.EventPage;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drains one changelog feed: each page of events makes the records it names due and moves the position, in one transaction. It begins
 * an overlap before the position, so events that arrive late, and an exclusive {@code start_date}, lose nothing; what was noted before
 * is recognised.
 */
final class FeedPass implements SinglePass {

    /** How late an event may appear behind others that were processed after it. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final int EVENTS_PER_PAGE = 1000;

    private final StreamDefinition stream;
    private final String feed;
    private final List<String> idPath;
    private Checkpoint checkpoint;
    private final Instant start;
    private PageTrail trail = new PageTrail();
    private Optional<String> cursor = Optional.empty();
    private Optional<Page> page = Optional.empty();
    private boolean drained;
    private int pages;
    private int requests;

    FeedPass(StreamDefinition stream, String feed, List<String> idPath, Checkpoint checkpoint) {
        this.stream = stream;
        this.feed = feed;
        this.idPath = idPath;
        this.checkpoint = checkpoint;
        this.start = position().processedAt().minus(OVERLAP);
    }

    private Position.Drained position() {
        return (Position.Drained) checkpoint.position();
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
        return Priority.CHANGES;
    }

    @Override
    public boolean isUnfinished() {
        return !drained;
    }

    @Override
    public void restartBatch() {
        page = Optional.empty();
    }

    /** {@code start_date} on the first page, the cursor on the next ones, never both. */
    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of("/changelogs/" + feed, EVENTS_PER_PAGE).withRows(RowKind.EVENT)
                .with("start_date", start.toString());
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public void offer(Page received) {
        requests++;
        trail.check(request(), received);
        page = Optional.of(received);
    }

    @Override
    public boolean endures(ApiFailure failure) {
        requests++;
        return false;
    }

    @Override
    public boolean isBatchReady() {
        return page.isPresent();
    }

    @Override
    public BatchKey batchKey() {
        return new BatchKey(checkpoint.companyId(), checkpoint.stream(), checkpoint.pass().label(), checkpoint.run(),
                checkpoint.position().batchKey() + " page " + (pages + 1));
    }

    @Override
    public LandedBatch land(Landing landing, Dependents dependents) {
        return landing.landEvents(new EventPage(stream, checkpoint, events()), next());
    }

    private List<ChangeEvent> events() {
        List<ChangeEvent> events = new ArrayList<>();
        for (ObjectNode event : page.orElseThrow().items()) {
            JsonNode named = event;
            for (String step : idPath) {
                named = named.path(step);
            }
            // An allocation of a record that is gone names nothing any more.
            Optional<Long> recordId = named.canConvertToLong() ? Optional.of(named.longValue()) : Optional.empty();
            boolean ofRecord = idPath.equals(List.of("id"));
            events.add(new ChangeEvent(event.path("id").longValue(), event.path("operation").asText("update"), processedAt(event), recordId,
                    ofRecord));
        }
        return events;
    }

    private static Instant processedAt(ObjectNode event) {
        return OffsetDateTime.parse(event.path("processed_at").textValue()).toInstant();
    }

    private Position next() {
        List<ObjectNode> items = page.orElseThrow().items();
        if (items.isEmpty()) {
            return position();
        }
        Instant last = processedAt(items.get(items.size() - 1));
        return last.isAfter(position().processedAt()) ? new Position.Drained(last) : position();
    }

    @Override
    public void landed() {
        Page done = page.orElseThrow();
        checkpoint = checkpoint.at(next());
        trail.advance(done);
        cursor = done.nextCursor();
        drained = !done.hasMore();
        page = Optional.empty();
        pages++;
        requests = 0;
    }

    @Override
    public int batchRequests() {
        return requests;
    }
}
