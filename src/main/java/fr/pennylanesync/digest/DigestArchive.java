package fr.pennylanesync.digest;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.failure.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the digest documents of a warehouse from the archive's bucket. */
final class DigestArchive {

    private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.json");

    private final S3Archive archive;
    private final UUID warehouse;

    DigestArchive(S3Archive archive, UUID warehouse) {
        this.archive = archive;
        this.warehouse = warehouse;
    }

    /** Returns the name of a document below its warehouse: its number, so that the order of names is theirs. */
    static String name(long sequence) {
        return String.format(Locale.ROOT, "%012d.json", sequence);
    }

    /** Returns the key of a document's time stamp: the document's own, with another ending. */
    static String stampKey(String prefix, UUID warehouse, long sequence) {
        return key(prefix, warehouse, sequence).replaceFirst("\\.json$", ".tsr");
    }

    /** Returns the key of a document. */
    static String key(String prefix, UUID warehouse, long sequence) {
        return folder(prefix, warehouse) + name(sequence);
    }

    private static String folder(String prefix, UUID warehouse) {
        return (prefix.isEmpty() ? "" : prefix + "/") + "digests/" + warehouse + "/";
    }

    /** Returns the numbers of the documents behind this one, in their order. */
    List<Long> sequences(long after) {
        String folder = folder(archive.prefix(), warehouse);
        return archive.keys(folder, after == 0 ? "" : folder + name(after)).stream()
                .map(key -> sequence(key.substring(folder.length()))).filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong).toList();
    }

    private static OptionalLong sequence(String name) {
        Matcher form = NAME.matcher(name);
        return form.matches() ? OptionalLong.of(Long.parseLong(form.group(1))) : OptionalLong.empty();
    }

    /** Returns the text of a document; empty where there is none. */
    Optional<String> read(long sequence) {
        return read(key(archive.prefix(), warehouse, sequence))
                .map(content -> new String(content, StandardCharsets.UTF_8));
    }

    /** Returns the time stamp of a document; empty where there is none. */
    Optional<byte[]> readStamp(long sequence) {
        return read(stampKey(archive.prefix(), warehouse, sequence));
    }

    private Optional<byte[]> read(String key) {
        try {
            return Optional.of(archive.read(key));
        } catch (SyncException failure) {
            if (failure.is(ArchiveErrorCode.OBJECT_MISSING)) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
