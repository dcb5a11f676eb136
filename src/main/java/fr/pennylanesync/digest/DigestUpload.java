package fr.pennylanesync.digest;

import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A signed document, or its time stamp, on its way into the archive.
 *
 * @param sequence number of the document
 * @param key of the object
 * @param body of the object, as Camel's S3 component sends it
 * @param type of the content, as S3 keeps it
 * @param adopted whether it lay there already, byte for byte
 */
public record DigestUpload(long sequence, String key, byte[] body, String type, boolean adopted) {

    private static final String TIME_STAMP = "application/timestamp-reply";

    static DigestUpload document(long sequence, String key, String content) {
        return new DigestUpload(sequence, key, content.getBytes(StandardCharsets.UTF_8), "application/json", false);
    }

    static DigestUpload timeStamp(long sequence, String key, byte[] answer) {
        return new DigestUpload(sequence, key, answer, TIME_STAMP, false);
    }

    /** Returns the name of the object below its folder. */
    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    public Sha256 hash() {
        return Sha256.of(body);
    }

    /** The content's hash: from it the client makes the checksum that S3 checks. */
    public Map<String, String> metadata() {
        return Map.of("sha256", hash().toString());
    }

    /** The same, found in the bucket. */
    public DigestUpload adopt() {
        return new DigestUpload(sequence, key, body, type, true);
    }
}
