package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.api.page.RowKind;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.BatchKey;
import fr.pennylanesync.landing.EventBatch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Drains one changelog feed: each page of events makes the records it names due and moves the position, in one
 * transaction. It begins an overlap before the position, so events that arrive late, and an exclusive
 * {@code start_date}, lose nothing; what was noted before is recognised.
 */
public final class FeedPass extends SingleLanePass {

    /** Bounds how late an event may appear behind others that were processed after it. */
    public static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final Duration SILENCE = Duration.ofDays(1);
    private static final int EVENTS_PER_PAGE = 1000;

    private final String feed;
    private final List<String> idPath;
    private final Instant start;
    private PageTrail trail = new PageTrail();
    private Optional<String> cursor = Optional.empty();
    private final RepeatRead repeatRead = new RepeatRead();
    private final Supplier<ClockReading> clock;
    private Optional<Page> page = Optional.empty();
    private final OddItems oddItems = new OddItems();
    private List<Long> namedByOdd = List.of();
    private List<ChangeEvent> events = List.of();
    private Optional<Instant> answeredAt = Optional.empty();
    private EventCounter counted = new EventCounter();
    private EventCounter countedWithPage = counted;
    private Position next;
    private boolean drained;
    private int pages;

    public FeedPass(StreamDefinition stream, String feed, List<String> idPath, Checkpoint checkpoint,
            Supplier<ClockReading> clock) {
        super(stream, checkpoint, Priority.CHANGES);
        this.feed = feed;
        this.idPath = idPath;
        this.clock = clock;
        this.start = position().processedAt().minus(OVERLAP);
    }

    private Position.Drained position() {
        return (Position.Drained) checkpoint().position();
    }

    @Override
    public boolean isUnfinished() {
        return !drained;
    }

    @Override
    public void restartBatch() {
        page = Optional.empty();
        oddItems.forget();
    }

    @Override
    public Page read(JsonNode answer) {
        return oddItems.read(answer, request().path());
    }

    @Override
    public boolean isolates(SyncException failure) {
        return oddItems.explains(failure);
    }

    @Override
    public void isolate(SyncException failure) {
        oddItems.sift();
    }

    /** {@code start_date} on the first page, the cursor on the next ones, never both. */
    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of("/changelogs/" + feed, EVENTS_PER_PAGE).withRows(RowKind.EVENT)
                .with("start_date", start.toString());
        return cursor.isPresent() ? request.after(cursor.get()) : request;
    }

    @Override
    public List<PageRow> check(Page answered) {
        requested();
        Page received = oddItems.without(trail, request(), answered);
        namedByOdd = named(answered, received);
        PageVerdict verdict = trail.check(request(), received);
        // Its missing events would lie behind the next page's beginning.
        if (verdict == PageVerdict.SHORT
                && !repeatRead.confirms(received.items(), request().path(), RepeatRead.CONTRADICTORY)) {
            return List.of();
        }
        repeatRead.forget();
        countedWithPage = counted.copy();
        checked(received);
        return received.items().stream().map(item -> new PageRow(stream(), 0, item)).toList();
    }

    /** The records that odd events name all the same: they are asked for as if their events were sound. */
    private List<Long> named(Page answered, Page sound) {
        if (answered.items().size() == sound.items().size()) {
            return List.of();
        }
        Set<ObjectNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(sound.items());
        return answered.items().stream().filter(event -> !kept.contains(event))
                .flatMap(event -> recordId(event).stream()).toList();
    }

    @Override
    public ChangeEvent map(PageRow row) {
        return event(row.item());
    }

    @Override
    public void take(List<? extends BatchItem> rows) {
        takeChecked().ifPresent(received -> take(received, rows.stream().map(ChangeEvent.class::cast).toList()));
    }

    private void take(Page received, List<ChangeEvent> read) {
        events = new ArrayList<>(read);
        namedByOdd.forEach(id -> events.add(new ChangeEvent(0, "update", position().processedAt(),
                countedWithPage.next(id, "update", position().processedAt()), Optional.of(id), false,
                Optional.empty())));
        oddItems.taken(0);
        ClockReading now = clock.get();
        answeredAt = answeredAt.or(() -> Optional.of(now.passed()));
        next = behind(received, now);
        drained = pages == 0 && events.isEmpty() && !received.hasMore() && next.equals(position())
                && oddItems.kept().isEmpty();
        page = Optional.of(received).filter(taken -> !drained);
    }

    /** Tells whether the feed had nothing behind its position: there is no batch to be landed. */
    public boolean isSilent() {
        return drained && pages == 0;
    }

    @Override
    public boolean tolerates(SyncException failure) {
        requested();
        return false;
    }

    @Override
    public boolean isBatchReady() {
        return page.isPresent();
    }

    @Override
    public BatchKey batchKey() {
        return new BatchKey(checkpoint().companyId(), checkpoint().stream(), checkpoint().pass().label(),
                checkpoint().run(),
                checkpoint().position().batchKey() + " page " + (pages + 1));
    }

    @Override
    public Batch batch() {
        return new EventBatch(stream(), checkpoint(), events, new Advance.To(next), oddItems.kept());
    }

    private ChangeEvent event(ObjectNode event) {
        Optional<Long> recordId = recordId(event);
        boolean ofRecord = idPath.equals(List.of("id"));
        long id = event.path("id").longValue();
        String operation = event.path("operation").asText("update");
        return new ChangeEvent(id, operation, processedAt(event),
                countedWithPage.next(id, operation, processedAt(event)), recordId, ofRecord, updatedAt(event));
    }

    /** An allocation of a record that is gone names nothing any more. */
    private Optional<Long> recordId(ObjectNode event) {
        JsonNode named = event;
        for (String step : idPath) {
            named = named.path(step);
        }
        return named.canConvertToLong() ? Optional.of(named.longValue()) : Optional.empty();
    }

    /** It is a help, no more: an event is not refused because of it. */
    private static Optional<Instant> updatedAt(ObjectNode event) {
        try {
            return Optional.ofNullable(event.path("updated_at").textValue())
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Instant processedAt(ObjectNode event) {
        return OffsetDateTime.parse(event.path("processed_at").textValue()).toInstant();
    }

    /**
     * An event says how far the feed is read, unless it is ahead of every clock: one event from the future would hide
     * all that come before it. A feed that was silent to its end is read up to what had passed, as several clocks
     * agree, at the first answer; it is noted once a day: silence is not a gap.
     */
    private Position behind(Page received, ClockReading now) {
        List<ObjectNode> items = received.items();
        Instant reached = position().processedAt();
        if (!items.isEmpty()) {
            Instant event = processedAt(items.get(items.size() - 1));
            reached = latest(reached, event.isAfter(now.latest()) ? now.passed() : event);
        }
        Instant silentTo = answeredAt.orElseThrow().minus(OVERLAP);
        if (!received.hasMore() && reached.plus(SILENCE).isBefore(silentTo)) {
            reached = silentTo;
        }
        return reached.equals(position().processedAt()) ? position() : new Position.Drained(reached);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void landed(Optional<LandedBatch> batch) {
        Page done = page.orElseThrow();
        moveTo(next);
        counted = countedWithPage;
        trail.advance(done);
        cursor = done.nextCursor();
        drained = !done.hasMore();
        page = Optional.empty();
        oddItems.forget();
        pages++;
    }
}
