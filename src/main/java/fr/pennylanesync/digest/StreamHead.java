package fr.pennylanesync.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.MerkleTree;
import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Says where the chains of a company's stream ended when a digest was made.
 *
 * @param batches how many there were, which is the number of the newest
 * @param head chain hash of the newest batch; zeros where there is none
 * @param rows of the stream's table, those of deleted records included
 * @param versions that were replaced
 * @param files how many entries the chain of its files had
 * @param filesHead chain hash of the newest of these
 */
record StreamHead(long company, String stream, long batches, Sha256 head, long rows, long versions, long files,
        Sha256 filesHead) {

    StreamHead {
        if (batches < 0 || rows < 0 || versions < 0 || files < 0 || !stream.matches("[a-z][a-z0-9_]{0,99}")) {
            throw new IllegalArgumentException("a stream's head has a stream's name, and numbers from 0 on");
        }
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("batches", batches).put("company", company)
                .put("files", files).put("files_head", filesHead.toString()).put("head", head.toString())
                .put("rows", rows).put("stream", stream).put("versions", versions);
    }

    static StreamHead of(JsonNode json) {
        return new StreamHead(json.path("company").asLong(), json.path("stream").asText(),
                json.path("batches").asLong(), hash(json, "head"), json.path("rows").asLong(),
                json.path("versions").asLong(), json.path("files").asLong(), hash(json, "files_head"));
    }

    static Sha256 hash(JsonNode json, String field) {
        return Sha256.stored(HexFormat.of().parseHex(json.path(field).asText()));
    }

    Sha256 leaf() {
        return MerkleTree.leaf(CanonicalJson.text(json()).getBytes(StandardCharsets.UTF_8));
    }
}
