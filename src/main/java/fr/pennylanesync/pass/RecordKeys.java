package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the records of a list their ids where the API gives them none: 63 bits of the SHA-256 of their key's values,
 * and of how many records with the same values stand before them in the list. The id is the same in each reading of the
 * list; it is no part of what was received, so {@code RecordMapper} leaves it out of the payload.
 */
public final class RecordKeys {

    private static final String ID = "id";

    private final StreamDefinition stream;
    /** Counts how often each key's values stand on the pages before. */
    private Map<String, Integer> before = new HashMap<>();
    private Map<String, Integer> here = Map.of();

    /** Makes the ids of a list that is read from its front; those of a stream with ids of its own stay. */
    public RecordKeys(StreamDefinition stream) {
        this.stream = stream;
    }

    /** Returns the page with ids. A page may be read several times before {@link #advance}. */
    public Page identified(Page page) {
        if (!stream.isKeyed()) {
            return page;
        }
        here = new HashMap<>(before);
        return new Page(page.items().stream().map(this::identified).toList(), page.hasMore(), page.nextCursor(),
                page.included());
    }

    private ObjectNode identified(ObjectNode item) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        stream.key().forEach(path -> {
            JsonNode value = RecordMapper.at(item, path);
            values.add(value.isMissingNode() ? values.nullNode() : value);
        });
        String key = CanonicalJson.text(values);
        int place = here.merge(key, 1, Integer::sum);
        byte[] hash = CanonicalJson.hash(key + " " + place).bytes();
        return item.deepCopy().put(ID, ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE);
    }

    /** Goes on behind the page that was identified last. */
    public void advance() {
        before = new HashMap<>(here);
    }

    /** Begins with the list anew. */
    public void restart() {
        before = new HashMap<>();
        here = Map.of();
    }
}
