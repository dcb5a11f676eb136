package fr.pennylanesync.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.MerkleTree;
import fr.pennylanesync.hash.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * States where all chains of a warehouse ended at one moment. Its text is canonical JSON, so that anybody who has the
 * facts can make the same bytes.
 *
 * @param sequence number of the document among those of its warehouse: 1, 2, 3 and so on, without a gap
 * @param createdAt by the warehouse's clock, in whole seconds
 * @param previous hash of the document before; zeros for the first
 */
record DigestDocument(UUID warehouse, long sequence, Instant createdAt, Sha256 previous, List<StreamHead> streams) {

    static final String FORMAT = "pennylane-sync digest 1";

    DigestDocument {
        if (sequence < 1 || !createdAt.equals(createdAt.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("a document has a number from 1 on, and a time of whole seconds");
        }
        streams = List.copyOf(streams);
    }

    /** The Merkle root over the streams. */
    Sha256 root() {
        return MerkleTree.root(streams.stream().map(StreamHead::leaf).toList());
    }

    ObjectNode json() {
        ArrayNode heads = JsonNodeFactory.instance.arrayNode();
        streams.forEach(stream -> heads.add(stream.json()));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("created_at", createdAt.toString())
                .put("format", FORMAT).put("previous", previous.toString()).put("root", root().toString())
                .put("sequence", sequence);
        json.set("streams", heads);
        return json.put("warehouse", warehouse.toString());
    }

    String text() {
        return CanonicalJson.text(json());
    }

    Sha256 hash() {
        return CanonicalJson.hash(text());
    }

    /** @throws IllegalArgumentException if it is no such document, or holds anything else */
    static DigestDocument of(JsonNode json) {
        List<StreamHead> streams = new ArrayList<>();
        json.path("streams").forEach(stream -> streams.add(StreamHead.of(stream)));
        DigestDocument document = new DigestDocument(UUID.fromString(json.path("warehouse").asText()),
                json.path("sequence").asLong(), Instant.ofEpochSecond(seconds(json)),
                StreamHead.hash(json, "previous"), streams);
        if (!document.text().equals(CanonicalJson.text(json))) {
            throw new IllegalArgumentException("not a digest document of this format");
        }
        return document;
    }

    private static long seconds(JsonNode json) {
        String at = json.path("created_at").asText();
        if (!at.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")) {
            throw new IllegalArgumentException("a document has a time of whole seconds");
        }
        return Instant.parse(at).getEpochSecond();
    }
}
