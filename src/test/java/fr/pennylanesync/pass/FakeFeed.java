package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A changelog in memory: its start date is exclusive, and a cursor goes on within the same question. */
final class FakeFeed {

    private final List<ObjectNode> events = new ArrayList<>();
    private final List<PageRequest> requests = new ArrayList<>();
    private final int pageSize;

    FakeFeed(int pageSize) {
        this.pageSize = pageSize;
    }

    static ObjectNode event(long id, String operation, Instant processedAt) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("operation", operation).put("processed_at",
                processedAt.toString());
    }

    void add(long id, Instant processedAt) {
        events.add(event(id, "update", processedAt));
        events.sort(Comparator.comparing(FakeFeed::processedAt));
    }

    /** Returns the ids of the events up to an instant. */
    List<Long> until(Instant instant) {
        return events.stream().filter(event -> !processedAt(event).isAfter(instant))
                .map(event -> event.path("id").longValue()).toList();
    }

    List<PageRequest> requests() {
        return requests;
    }

    private static Instant processedAt(ObjectNode event) {
        return Instant.parse(event.path("processed_at").textValue());
    }

    Page answer(PageRequest request) {
        requests.add(request);
        String[] cursor = request.cursor().map(text -> text.split(" ")).orElseGet(
                () -> new String[] {request.parameters().get("start_date"), "0"});
        Instant start = Instant.parse(cursor[0]);
        List<ObjectNode> asked = events.stream().filter(event -> processedAt(event).isAfter(start)).toList();
        int from = Integer.parseInt(cursor[1]);
        int to = Math.min(asked.size(), from + pageSize);
        return FakeList.page(asked.subList(from, to),
                to < asked.size() ? Optional.of(cursor[0] + " " + to) : Optional.empty());
    }
}
