package fr.pennylanesync.archive.s3;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A local file on its way into the archive.
 *
 * @param size in bytes
 * @param contentType of what was found in the file, not of what was said about it
 * @param metadata ids and hashes; the content's hash is added
 */
public record Upload(ObjectKey key, Path file, long size, String contentType, Map<String, String> metadata) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern ID_OR_HASH = Pattern.compile("-?[0-9]{1,19}|[0-9a-f]{64}");

    public Upload {
        metadata.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !ID_OR_HASH.matcher(value).matches()) {
                throw new IllegalArgumentException("metadata is ids and hashes only");
            }
        });
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(S3Archive.HASH_METADATA, key.hash().toString());
        metadata = Map.copyOf(all);
    }

    /** The content as Camel's S3 component sends it without reading it into memory. */
    public File body() {
        return file.toFile();
    }
}
