package fr.pennylanesync.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.MerkleTree;
import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Says where the chains of a company's stream ended when a digest was made.
 *
 * @param batches how many there were, which is the number of the newest
 * @param head chain hash of the newest batch; zeros where there is none
 * @param rows of the stream's table, those of deleted records included
 * @param versions that were replaced, those that were thinned since included
 * @param files how many entries the chain of its files had
 * @param filesHead chain hash of the newest of these
 * @param thinned what was thinned by then; a stream of which nothing was has no such field
 */
record StreamHead(long company, String stream, long batches, Sha256 head, long rows, long versions, long files,
        Sha256 filesHead, Optional<Thinned> thinned) {

    /**
     * Says what was thinned out of a stream's ledger and replaced versions.
     *
     * @param batches that were removed
     * @param batchesBefore the newest of the instants before which they landed
     * @param versions that were removed
     * @param versionsBefore the newest of the instants before which they were replaced
     */
    record Thinned(long batches, Optional<Instant> batchesBefore, long versions, Optional<Instant> versionsBefore) {

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("batches", batches).put("versions", versions);
            batchesBefore.ifPresent(at -> json.put("batches_before", at.toString()));
            versionsBefore.ifPresent(at -> json.put("versions_before", at.toString()));
            return json;
        }

        private static Optional<Thinned> of(JsonNode json) {
            return json.isObject() ? Optional.of(new Thinned(json.path("batches").asLong(),
                    instant(json.path("batches_before")), json.path("versions").asLong(),
                    instant(json.path("versions_before")))) : Optional.empty();
        }

        private static Optional<Instant> instant(JsonNode json) {
            return json.isTextual() ? Optional.of(Instant.parse(json.textValue())) : Optional.empty();
        }
    }

    StreamHead {
        if (batches < 0 || rows < 0 || versions < 0 || files < 0 || !stream.matches("[a-z][a-z0-9_]{0,99}")) {
            throw new IllegalArgumentException("a stream's head has a stream's name, and numbers from 0 on");
        }
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("batches", batches).put("company", company)
                .put("files", files).put("files_head", filesHead.toString()).put("head", head.toString())
                .put("rows", rows).put("stream", stream).put("versions", versions);
        thinned.ifPresent(gone -> json.set("thinned", gone.json()));
        return json;
    }

    static StreamHead of(JsonNode json) {
        return new StreamHead(json.path("company").asLong(), json.path("stream").asText(),
                json.path("batches").asLong(), hash(json, "head"), json.path("rows").asLong(),
                json.path("versions").asLong(), json.path("files").asLong(), hash(json, "files_head"),
                Thinned.of(json.path("thinned")));
    }

    static Sha256 hash(JsonNode json, String field) {
        return Sha256.stored(HexFormat.of().parseHex(json.path(field).asText()));
    }

    Sha256 leaf() {
        return MerkleTree.leaf(CanonicalJson.text(json()).getBytes(StandardCharsets.UTF_8));
    }
}
