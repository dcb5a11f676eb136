package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Feed;
import fr.pennylanesync.sandbox.books.FeedEvent;
import fr.pennylanesync.sandbox.books.FeedLog;
import fr.pennylanesync.sandbox.books.Stamps;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The change feeds: events of the last four weeks, the earliest processed first. {@code start_date} is compared with
 * {@code processed_at} and, unless told otherwise, includes it; the documentation leaves both open.
 */
final class Changelogs {

    private static final Shape<FeedEvent> ASKED = Shape.<FeedEvent>plain().upTo(Shape.LARGE_LIMIT);
    private static final Sort<FeedEvent> BY_PROCESSING = new Sort<>("processed_at", FeedEvent::processedMicros);
    private static final Shape<FeedEvent> SERVED = ASKED.sort(BY_PROCESSING.name(), BY_PROCESSING.key());

    private Changelogs() {}

    static ObjectNode answer(ApiCall call, Feed feed) {
        ListRequest<FeedEvent> asked = ListRequest.parse(call.parameters(), ASKED);
        Optional<Instant> start = call.parameters().text("start_date").map(Changelogs::instant);
        if (start.isPresent() && asked.cursor() != null) {
            throw Problem.badRequest("start_date and cursor cannot be used together");
        }
        Instant oldest = call.now().minus(FeedLog.RETENTION);
        if (start.isPresent() && start.get().isBefore(oldest)) {
            throw Problem.of(422, "start_date must be within the last 4 weeks");
        }
        long from = start.map(moment -> first(moment, call.view().feeds().exclusiveStart()))
                .orElse(Stamps.micros(oldest));
        List<FeedEvent> events = call.books().feed(feed).since(from, call.now());
        ListRequest<FeedEvent> oldestFirst = new ListRequest<>(asked.limit(), asked.cursor(), asked.after(),
                BY_PROCESSING, false, List.of());
        return ListHandler.answer(call, SERVED, oldestFirst, Pager.page(events, oldestFirst), Changelogs::json,
                () -> events);
    }

    /** The earliest moment served: a start between two microseconds leaves out the one before it. */
    private static long first(Instant start, boolean exclusive) {
        long micros = Stamps.micros(start);
        return exclusive || start.getNano() % 1000 != 0 ? micros + 1 : micros;
    }

    private static ObjectNode json(FeedEvent event, View view) {
        Doc doc = Doc.anonymous(view, event.id()).number("id", event.recordId()).text("operation", event.operation())
                .moment("processed_at", event.processedMicros()).moment("updated_at", event.updatedMicros())
                .moment("created_at", event.createdMicros());
        if (event.feed() == Feed.LEDGER_ENTRY_LINES_CATEGORIES) {
            doc.bare("ledger_entry_line", event.lineId());
        }
        if (event.feed().isOfCategories()) {
            doc.node("ledger_entry", event.entryId() == 0 ? null
                    : Doc.of(view, event.entryId()).text("type", "LedgerEntry").done());
        }
        return doc.done();
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notMoment) {
            throw Problem.invalid("InvalidDateTimeFormat", "\"" + text + "\" is not conformant with date-time format",
                    "start_date");
        }
    }
}
