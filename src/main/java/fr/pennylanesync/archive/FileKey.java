package fr.pennylanesync.archive;

import fr.pennylanesync.archive.s3.StreamDigest;
import fr.pennylanesync.hash.Sha256;

/**
 * Names a file for all time: the field of the record that points to it.
 *
 * @param parentId 0 where the stream is no child
 * @param field the dotted path of the field, as the stream file declares it
 */
public record FileKey(long companyId, String stream, long parentId, long recordId, String field) {

    private static final int PARTS = 6;

    /** The name of one content of the file: how the idempotent repository knows it. */
    public String withContent(Sha256 hash) {
        return companyId + "/" + stream + "/" + parentId + "/" + recordId + "/" + field + "/" + hash;
    }

    /** A file together with a content. */
    public record Content(FileKey key, Sha256 hash) {

        /** @throws IllegalArgumentException if the text is not what {@link #withContent} writes */
        public static Content parse(String text) {
            String[] parts = text.split("/", PARTS);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("not a file and its content: it has " + parts.length + " parts");
            }
            FileKey key = new FileKey(Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]), parts[4]);
            return new Content(key,
                    StreamDigest.parse(parts[5]).orElseThrow(
                            () -> new IllegalArgumentException("not a file and its content: the hash is none")));
        }
    }
}
