package fr.pennylanesync.archive.s3;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the archive against the file table: each object is read and hashed, or a sample of them; what is missing,
 * altered or surplus is named. An object that the table does not know is left behind by a crash, and the next run
 * adopts it, or somebody else put it there.
 */
public final class ArchiveVerification {

    private static final int DIFFERENCES_MAX = 1000;
    private static final int AGAIN_AT_ONCE = 1000;
    private static final Pattern COMPANY = Pattern.compile("-?\\d{1,19}");

    /**
     * Says what a verification found.
     *
     * @param objects that the table knows of
     * @param rehashed of these, read and hashed
     * @param missing how many are not there
     * @param altered how many hold something else
     * @param surplus how many are there that the table does not know
     * @param differences each of them, at most a thousand, by key
     */
    public record ArchiveVerificationResult(long objects, long rehashed, long missing, long altered, long surplus,
            List<String> differences) {

        /** Is the result where nothing was ever archived. */
        public static final ArchiveVerificationResult NOTHING = new ArchiveVerificationResult(0, 0, 0, 0, 0, List.of());

        public boolean isGood() {
            return missing + altered + surplus == 0;
        }
    }

    private final JdbcClient jdbc;
    private final S3Archive archive;
    private final Optional<Instant> since;
    private final List<String> differences = new ArrayList<>();
    /** Objects of which the table did not know when they were listed. */
    private final List<String> unknown = new ArrayList<>();
    private long objects;
    private long rehashed;
    private long missing;
    private long altered;
    private long surplus;

    /** Reads every object. */
    public ArchiveVerification(JdbcClient jdbc, S3Archive archive) {
        this(jdbc, archive, Optional.empty());
    }

    /** @param since only objects that were archived since then are read; empty: all */
    public ArchiveVerification(JdbcClient jdbc, S3Archive archive, Optional<Instant> since) {
        this.jdbc = jdbc;
        this.archive = archive;
        this.since = since;
    }

    /** Tells whether the table knows of any object of these: if not, the archive need not be opened. */
    public static boolean isNeeded(JdbcClient jdbc, Collection<Long> companies, Collection<String> streams) {
        return jdbc.sql("""
                select exists (select 1 from pennylane_sync.file where state = 'ARCHIVED' and removed_at is null
                and company_id = any(:companies::bigint[])
                    and (cardinality(:streams::text[]) = 0 or stream = any(:streams::text[])))""")
                .param("companies", companies.toArray(Long[]::new)).param("streams", streams.toArray(String[]::new))
                .query(Boolean.class).single();
    }

    /**
     * @param streams empty: all, and whatever else lies below a company's keys
     * @param sample how many objects of each company and stream are read and hashed, chosen at random; empty: all.
     * Presence and size are looked at for all in any case
     * @throws SyncException if the archive cannot be read
     */
    public ArchiveVerificationResult verify(Collection<Long> companies, Collection<String> streams,
            OptionalInt sample) {
        for (long company : companies) {
            if (streams.isEmpty()) {
                verify(new KnownObjects(jdbc, company, Optional.empty(), since), sample);
            }
            streams.forEach(stream -> verify(new KnownObjects(jdbc, company, Optional.of(stream), since), sample));
        }
        return result();
    }

    /**
     * Does as {@link #verify} does for all companies, and names what lies below the keys of any other. Which these are
     * is asked for last: a company that was added meanwhile is known by then.
     *
     * @param companies all that were known at the beginning
     */
    public ArchiveVerificationResult verifyAll(Collection<Long> companies, OptionalInt sample) {
        verify(companies, List.of(), sample);
        List<String> folders = archive.folders();
        Set<String> known = jdbc.sql("select id::text from pennylane_sync.company").query(String.class).set();
        folders.stream().filter(folder -> COMPANY.matcher(folder).matches() && !known.contains(folder))
                .forEach(folder -> archive.list(KnownObjects.keyStart(archive.prefix(), folder), (key, size) -> {
                    surplus++;
                    differ("surplus, its company is not known", key);
                }));
        return result();
    }

    private ArchiveVerificationResult result() {
        return new ArchiveVerificationResult(objects, rehashed, missing, altered, surplus, List.copyOf(differences));
    }

    /**
     * Both sides come in the order of keys: they are gone through side by side, however many there are. What is
     * archived meanwhile stands on one side alone, so each difference is looked at once more.
     */
    private void verify(KnownObjects known, OptionalInt sample) {
        ReservoirSample chosen = new ReservoirSample(sample);
        archive.list(known.keyStart(archive.prefix()), (key, size) -> {
            while (known.isBefore(key)) {
                missing(known.next(), chosen);
            }
            if (known.isAt(key)) {
                compare(known.next(), size, chosen);
            } else {
                unknown.add(key);
                if (unknown.size() == AGAIN_AT_ONCE) {
                    nameUnknown(known);
                }
            }
        });
        while (known.hasNext()) {
            missing(known.next(), chosen);
        }
        nameUnknown(known);
        chosen.objects().forEach(this::rehash);
    }

    private void nameUnknown(KnownObjects known) {
        jdbc.sql("""
                select k from unnest(?::text[]) with ordinality u(k, place) where not exists (
                    select 1 from pennylane_sync.file where company_id = ? and object_key collate "C" = k
                    and state = 'ARCHIVED' and removed_at is null)
                order by place""").params(unknown.toArray(String[]::new), known.company()).query(String.class).list()
                .forEach(key -> {
                    surplus++;
                    differ("surplus", key);
                });
        unknown.clear();
    }

    private void missing(KnownObject object, ReservoirSample chosen) {
        Optional<StoredObject> there = archive.head(object.key());
        if (there.isPresent()) {
            compare(object, there.get().size(), chosen);
            return;
        }
        objects++;
        missing++;
        differ("missing", object.key());
    }

    private void compare(KnownObject object, long size, ReservoirSample chosen) {
        objects++;
        if (object.size() != size) {
            altered(object);
        } else if (chosen.isAll() && object.read()) {
            rehash(object);
        } else if (object.read()) {
            chosen.offer(object);
        }
    }

    private void rehash(KnownObject object) {
        Optional<ObjectKey> key = ObjectKey.parse(archive.prefix(), object.key());
        rehashed++;
        boolean same = key.isPresent() && archive.rehash(key.get()).equals(Sha256.stored(object.hash()));
        if (!same) {
            altered(object);
        }
    }

    private void altered(KnownObject object) {
        altered++;
        differ("altered", object.key());
    }

    private void differ(String how, String key) {
        if (differences.size() < DIFFERENCES_MAX) {
            differences.add("object " + key + ": " + how);
        }
    }
}
