package fr.pennylanesync.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A digest document with its signature, as it is stored: canonical JSON with the document, the public key that made the
 * signature, and the signature over the document's text.
 */
record SignedDigest(DigestDocument document, VerificationKey signer, byte[] signature) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    static SignedDigest of(DigestDocument document, SigningKey key) {
        return new SignedDigest(document, key.publicKey(), key.sign(bytes(document)));
    }

    private static byte[] bytes(DigestDocument document) {
        return document.text().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws SyncException DIGEST_SIGNATURE if it is anything else
     */
    static SignedDigest parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new SignedDigest(DigestDocument.of(json.path("document")),
                    VerificationKey.parse(json.path("public_key").asText()),
                    Base64.getDecoder().decode(json.path("signature").asText()));
        } catch (JsonProcessingException | RuntimeException refused) {
            throw new SyncException(DigestErrorCode.DIGEST_SIGNATURE, "it is no signed digest document");
        }
    }

    String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("document", document.json());
        return CanonicalJson.text(json.put("public_key", signer.base64()).put("signature",
                Base64.getEncoder().encodeToString(signature))) + "\n";
    }

    Sha256 contentHash() {
        return CanonicalJson.hash(text());
    }

    /** Tells whether one of these keys made the signature over this very document. */
    boolean isSignedBy(List<VerificationKey> keys) {
        return keys.stream().anyMatch(key -> key.accepts(bytes(document), signature));
    }
}
