package fr.pennylanesync.archive.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The objects that the file table knows of, in the order in which S3 lists keys, some at a time. */
final class KnownObjects {

    private static final int FETCHED_AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final long company;
    private final Optional<String> stream;
    private final Optional<Instant> since;
    private final Deque<KnownObject> fetched = new ArrayDeque<>();
    private String last = "";
    private boolean ended;

    /**
     * @param stream empty: all
     * @param since only what was archived since then is to be read; empty: everything
     */
    KnownObjects(JdbcClient jdbc, long company, Optional<String> stream, Optional<Instant> since) {
        this.jdbc = jdbc;
        this.company = company;
        this.stream = stream;
        this.since = since;
    }

    /** Returns what the keys of all these objects begin with. */
    String keyStart(String prefix) {
        return keyStart(prefix, Long.toString(company)) + stream.map(name -> name + "/").orElse("");
    }

    static String keyStart(String prefix, String company) {
        return (prefix.isEmpty() ? "" : prefix + "/") + company + "/";
    }

    long company() {
        return company;
    }

    boolean hasNext() {
        if (fetched.isEmpty() && !ended) {
            fetch();
        }
        return !fetched.isEmpty();
    }

    boolean isBefore(String key) {
        return hasNext() && fetched.getFirst().key().compareTo(key) < 0;
    }

    boolean isAt(String key) {
        return hasNext() && fetched.getFirst().key().equals(key);
    }

    KnownObject next() {
        return fetched.removeFirst();
    }

    /** Two fields of a record with the same content share an object. */
    private void fetch() {
        jdbc.sql("""
                select distinct on (object_key collate "C") object_key, size, sha256,
                    coalesce(archived_at >= :since::timestamptz, true) from pennylane_sync.file
                where company_id = :company and state = 'ARCHIVED' and removed_at is null
                  and object_key collate "C" > :last
                  and (:stream::text is null or stream = :stream) order by object_key collate "C", archived_at desc
                limit :limit""")
                .param("company", company).param("last", last).param("stream", stream.orElse(null))
                .param("limit", FETCHED_AT_ONCE)
                .param("since", since.map(from -> from.atOffset(ZoneOffset.UTC)).orElse(null))
                .query((row, n) -> new KnownObject(row.getString(1), row.getLong(2), row.getBytes(3),
                        row.getBoolean(4)))
                .list()
                .forEach(fetched::add);
        ended = fetched.size() < FETCHED_AT_ONCE;
        last = fetched.isEmpty() ? last : fetched.getLast().key();
    }
}
