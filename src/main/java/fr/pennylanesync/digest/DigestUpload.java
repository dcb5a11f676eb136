package fr.pennylanesync.digest;

import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A signed document on its way into the archive.
 *
 * @param sequence number of the document
 * @param key of the object
 * @param content of the object
 * @param adopted whether it lay there already, byte for byte
 */
public record DigestUpload(long sequence, String key, String content, boolean adopted) {

    /** The bytes as Camel's S3 component sends them. */
    public byte[] body() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    public Sha256 hash() {
        return Sha256.of(body());
    }

    /** The content's hash: from it the client makes the checksum that S3 checks. */
    public Map<String, String> metadata() {
        return Map.of("sha256", hash().toString());
    }

    /** The same, found in the bucket. */
    public DigestUpload adopt() {
        return new DigestUpload(sequence, key, content, true);
    }
}
