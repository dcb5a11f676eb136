package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Records as they were before, as a replica that lags behind serves them, a number of times. */
public final class OldRecords {

    static final OldRecords NONE = new OldRecords("", Map.of(), 0);

    private final String path;
    private final Map<Long, JsonNode> records;
    private final AtomicInteger answers;

    /**
     * Prepares what is to be served.
     *
     * @param path of the list
     * @param records as they were, by id
     * @param answers the answers that hold any of them and are to be old
     */
    public OldRecords(String path, Map<Long, JsonNode> records, int answers) {
        this.path = path;
        this.records = Map.copyOf(records);
        this.answers = new AtomicInteger(answers);
    }

    boolean concern(String asked, List<? extends JsonNode> items) {
        return path.equals(asked) && items.stream().anyMatch(item -> records.containsKey(id(item)))
                && answers.getAndDecrement() > 0;
    }

    List<? extends JsonNode> instead(List<? extends JsonNode> items) {
        return items.stream().map(item -> records.getOrDefault(id(item), item)).toList();
    }

    private static long id(JsonNode item) {
        return item.path("id").longValue();
    }
}
