package fr.pennylanesync.verification;

import fr.pennylanesync.hash.FileEntry;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Holds the rows of a stream's archived files against the chain over them: each row is what its newest entry says, none
 * is missing, and none is there that no entry speaks of.
 */
final class FileVerification {

    private static final String ENTRIES = """
            select e.number, e.parent_id, e.record_id, e.field, e.sha256, e.chain_hash, f.file_name, f.object_key,
                f.size, f.content_type, f.record_year, (extract(epoch from f.archived_at) * 1000000)::bigint,
                f.id is not null, e.number = max(e.number) over
                    (partition by e.parent_id, e.record_id, e.field, e.sha256), e.entry_hash,
                (extract(epoch from f.removed_at) * 1000000)::bigint
            from pennylane_sync.file_entry e left join pennylane_sync.file f on f.company_id = e.company_id
                and f.stream = e.stream and f.parent_id = e.parent_id and f.record_id = e.record_id
                and f.field = e.field and f.sha256 = e.sha256 and f.state = 'ARCHIVED'
            where e.company_id = :company and e.stream = :stream order by e.number""";

    /** Finds files whose object lies below another record's key: who inserts a file has no object of its own for it. */
    private static final String ELSEWHERE = """
            select f.parent_id, f.record_id, f.field, f.object_key from pennylane_sync.file f
            where f.company_id = :company and f.stream = :stream and f.state = 'ARCHIVED'
            and strpos('/' || f.object_key, '/' || concat_ws('/', f.company_id, f.stream,
                lpad(f.record_year::text, 4, '0'), f.record_id, encode(f.sha256, 'hex')) || '.') = 0""";

    private static final String UNKNOWN = """
            select f.parent_id, f.record_id, f.field, f.object_key from pennylane_sync.file f
            where f.company_id = :company and f.stream = :stream and f.state = 'ARCHIVED' and not exists (
                select 1 from pennylane_sync.file_entry e where e.company_id = f.company_id
                and e.stream = f.stream and e.parent_id = f.parent_id and e.record_id = f.record_id
                and e.field = f.field and e.sha256 = f.sha256)""";

    private final SharedSnapshot snapshot;
    private final long company;
    private final String stream;
    private final Differences differences;
    private Sha256 head = Sha256.ZERO;
    private long entries;

    /** @param stream or what stands in its place: the exports of the ledger are filed without one */
    FileVerification(SharedSnapshot snapshot, long company, String stream, Differences differences) {
        this.snapshot = snapshot;
        this.company = company;
        this.stream = stream;
        this.differences = differences;
    }

    void verify() {
        snapshot.eachJoined(VerifiedStream.bound(ENTRIES, company, stream), this::entry);
        verifyHead();
        verifyNone(UNKNOWN, "nothing says that it was archived");
        verifyNone(ELSEWHERE, "it does not lie where a file of this record does");
    }

    private void verifyNone(String files, String difference) {
        snapshot.eachJoined(VerifiedStream.bound(files, company, stream),
                row -> differences.add("file of row " + row.getLong(1) + "/"
                        + row.getLong(2) + " field " + row.getString(3) + ", object " + row.getString(4) + ": "
                        + difference));
    }

    private void entry(ResultSet row) throws SQLException {
        entries++;
        long number = row.getLong(1);
        String place = "file of row " + row.getLong(2) + "/" + row.getLong(3) + " field " + row.getString(4)
                + ", entry " + number;
        Sha256 stored = Sha256.stored(row.getBytes(6));
        Sha256 noted = Sha256.stored(row.getBytes(15));
        if (number != entries) {
            differences.add(place + ": stands where entry " + entries + " should");
            entries = number;
        }
        if (!row.getBoolean(13)) {
            differences.add(place + ", content " + Sha256.stored(row.getBytes(5))
                    + ": the row of the file is not what was archived, or is gone");
        } else if (row.getBoolean(14) && !hash(row).equals(noted)) {
            differences.add(place + ", object " + row.getString(8) + ": its row is not what was archived");
        }
        if (!head.chain(noted).equals(stored)) {
            differences.add(place + ": the chain of files is broken");
        }
        head = stored;
    }

    private Sha256 hash(ResultSet row) throws SQLException {
        return new FileEntry(company, stream, row.getLong(1), row.getLong(2), row.getLong(3),
                row.getString(4), Optional.ofNullable(row.getString(7)), row.getString(8), row.getLong(9),
                Sha256.stored(row.getBytes(5)), row.getString(10), row.getInt(11), row.getLong(12),
                Optional.ofNullable(row.getObject(16, Long.class))).hash();
    }

    private void verifyHead() {
        Sha256 noted = snapshot.jdbc().sql(
                "select chain_head from pennylane_sync.file_chain where company_id = ? and stream = ?")
                .params(company, stream).query((row, n) -> Sha256.stored(row.getBytes(1)))
                .optional()
                .orElse(Sha256.ZERO);
        if (!noted.equals(head)) {
            differences.add("the chain of files does not end where it did: entries are missing");
        }
    }
}
