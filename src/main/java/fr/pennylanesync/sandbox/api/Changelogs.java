package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.ChangeEvent;
import fr.pennylanesync.sandbox.books.Feed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The change feeds: events of the last four weeks, the earliest processed first. {@code start_date} is inclusive and is compared with
 * {@code processed_at}; the documentation leaves both open.
 */
final class Changelogs {

    private static final Duration RETENTION = Duration.ofDays(28);
    private static final Shape<ChangeEvent> SHAPE = Shape.<ChangeEvent>plain().upTo(Shape.LARGE_LIMIT);

    private Changelogs() {}

    static ObjectNode answer(Call call, Feed feed) {
        ListRequest<ChangeEvent> asked = ListRequest.parse(call.parameters(), SHAPE);
        Optional<Instant> start = call.parameters().text("start_date").map(Changelogs::instant);
        if (start.isPresent() && asked.cursor() != null) {
            throw Problem.badRequest("start_date and cursor cannot be used together");
        }
        Instant oldest = call.now().minus(RETENTION);
        if (start.isPresent() && start.get().isBefore(oldest)) {
            throw Problem.of(422, "start_date must be within the last 4 weeks");
        }
        long from = micros(start.orElse(oldest));
        long now = micros(call.now());
        List<ChangeEvent> events = call.books().changes(feed).stream()
                .filter(event -> event.processedMicros() >= from && event.processedMicros() <= now).toList();
        ListRequest<ChangeEvent> oldestFirst = new ListRequest<>(asked.limit(), asked.cursor(), asked.after(), Sort.byId(), false, List.of());
        return ListHandler.answer(call, SHAPE, oldestFirst, Pager.page(events, oldestFirst), Changelogs::json, () -> events);
    }

    private static ObjectNode json(ChangeEvent event, View view) {
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
            throw Problem.invalid("InvalidDateTimeFormat", "\"" + text + "\" is not conformant with date-time format", "start_date");
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000;
    }
}
