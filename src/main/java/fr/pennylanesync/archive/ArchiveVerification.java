package fr.pennylanesync.archive;

import fr.pennylanesync.hash.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the archive against the file table: each object is read and hashed, or a sample of them; what is missing, altered or surplus is
 * named. An object that the table does not know is left behind by a crash, and the next run adopts it, or somebody else put it there.
 */
public final class ArchiveVerification {

    private static final int DIFFERENCES_MAX = 1000;

    /**
     * What was found.
     *
     * @param objects that the table knows of
     * @param rehashed of these, read and hashed
     * @param missing how many are not there
     * @param altered how many hold something else
     * @param surplus how many are there that the table does not know
     * @param differences each of them, at most a thousand, by key
     */
    public record Result(long objects, long rehashed, long missing, long altered, long surplus, List<String> differences) {}

    private record Known(String key, long size, byte[] hash) {}

    private final JdbcClient jdbc;
    private final S3Archive archive;
    private final List<String> differences = new ArrayList<>();
    private long objects;
    private long rehashed;
    private long missing;
    private long altered;
    private long surplus;

    public ArchiveVerification(JdbcClient jdbc, S3Archive archive) {
        this.jdbc = jdbc;
        this.archive = archive;
    }

    /**
     * @param sample how many objects of each company are read and hashed, chosen at random; empty: all. Presence and size are looked at
     *     for all in any case
     * @throws ArchiveException if the archive cannot be read
     */
    public Result verify(Collection<Long> companies, OptionalInt sample) {
        companies.forEach(company -> verify(company, sample));
        return new Result(objects, rehashed, missing, altered, surplus, List.copyOf(differences));
    }

    private void verify(long company, OptionalInt sample) {
        Set<String> sizesDiffer = new HashSet<>();
        Set<String> absent = compareListing(company, sizesDiffer);
        jdbc.sql("""
                select * from (select distinct on (object_key) object_key, size, sha256 from pennylane_sync.file
                where company_id = ? and state = 'ARCHIVED' order by object_key) f order by random() limit ?""")
                .params(company, sample.isPresent() ? sample.getAsInt() : Integer.MAX_VALUE)
                .query((row, n) -> new Known(row.getString(1), row.getLong(2), row.getBytes(3))).list().stream()
                .filter(known -> !absent.contains(known.key()) && !sizesDiffer.contains(known.key())).forEach(this::rehash);
    }

    /** @return the keys that are not there */
    private Set<String> compareListing(long company, Set<String> sizesDiffer) {
        Map<String, Long> expected = new HashMap<>();
        jdbc.sql("select object_key, size from pennylane_sync.file where company_id = ? and state = 'ARCHIVED'").param(company)
                .query(row -> {
                    expected.put(row.getString(1), row.getLong(2));
                });
        objects += expected.size();
        archive.list((archive.prefix().isEmpty() ? "" : archive.prefix() + "/") + company + "/", (key, size) -> {
            Long known = expected.remove(key);
            if (known == null) {
                surplus++;
                differ("surplus", key);
            } else if (known.longValue() != size) {
                altered++;
                sizesDiffer.add(key);
                differ("altered", key);
            }
        });
        missing += expected.size();
        expected.keySet().forEach(key -> differ("missing", key));
        return expected.keySet();
    }

    private void rehash(Known known) {
        Optional<ObjectKey> key = ObjectKey.parse(archive.prefix(), known.key());
        rehashed++;
        boolean same = key.isPresent() && archive.rehash(key.get()).equals(Sha256.stored(known.hash()));
        if (!same) {
            altered++;
            differ("altered", known.key());
        }
    }

    private void differ(String how, String key) {
        if (differences.size() < DIFFERENCES_MAX) {
            differences.add(how + " " + key);
        }
    }
}
