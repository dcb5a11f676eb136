package fr.pennylanesync.hash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds all that the warehouse says of an archived file. Its hash is what the chain of a stream's files is made of, so
 * that no row of a file can be altered or removed without a trace, nor together with its object.
 *
 * @param number of the entry among those of its company and stream: 1, 2, 3 and so on, without a gap
 * @param name of the file as the warehouse keeps it: without line breaks
 * @param archivedAtMicros microseconds since 1970-01-01T00:00:00Z
 * @param removedAtMicros likewise, when retention took the object out of the archive
 */
public record FileEntry(long companyId, String stream, long number, long parentId, long recordId, String field,
        Optional<String> name, String objectKey, long size, Sha256 content, String contentType, int year,
        long archivedAtMicros, Optional<Long> removedAtMicros) {

    /** The version of the rule by which entries are hashed. */
    public static final int VERSION = 1;
    /** The version for a file that was removed. */
    public static final int REMOVED_VERSION = 2;

    public FileEntry {
        if (number < 1) {
            throw new IllegalArgumentException("an entry of a file has a number from 1 on");
        }
    }

    /**
     * Returns the SHA-256 over one line for each fact, in the order of the components, behind a line that says
     * {@code 1}. An absent name is an empty line, a hash stands in lower-case hex digits. Of a file that was removed
     * the first line says {@code 2}, and one more says when.
     */
    public Sha256 hash() {
        return Sha256.of(Stream.concat(Stream.of(removedAtMicros.isPresent() ? REMOVED_VERSION : VERSION, companyId,
                stream, number, parentId, recordId, field, name.orElse(""), objectKey, size, content, contentType, year,
                archivedAtMicros), removedAtMicros.stream()).map(fact -> fact + "\n")
                .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
    }
}
