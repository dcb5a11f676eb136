package fr.pennylanesync.verification;

import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.ChainEntry;
import fr.pennylanesync.hash.Rewrite;
import fr.pennylanesync.hash.Seal;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recomputes the ledger of a stream from what the warehouse holds: each batch hash from the versions of the records as
 * they were when the batch landed, and the chain over all of them.
 */
final class LedgerVerification {

    /** Stands where a batch names a record of which no version of that time is there. */
    private static final String ABSENT = "0".repeat(2 * Sha256.LENGTH_BYTES);

    /**
     * Reads the batches in their order, each with the record hashes of its records in their order, end to end. A record
     * is there once for each of its versions that was the current one when the batch landed, or once as absent. Behind
     * these stand how many versions the batch brought, and how many of these it names.
     */
    private static final String BATCHES = """
            with %1$s, mention as (
                select b.id as batch_id, u.place, coalesce(u.parent, 0) as parent, u.id
                from pennylane_sync.batch b
                cross join lateral unnest(b.parent_ids, b.record_ids) with ordinality u(parent, id, place)
                where b.company_id = :company and b.stream = :stream and b.number >= :from),
            held as (
                select m.batch_id,
                    string_agg(coalesce(v.record_hash, '\\x%2$s'::bytea), ''::bytea order by m.place) as hashes,
                    count(*) filter (where v.since = m.batch_id and v.deleted_at is null) as named
                from mention m left join version v on v.parent = m.parent and v.id = m.id and v.since <= m.batch_id
                    and (v.until is null or v.until > m.batch_id)
                group by m.batch_id),
            changed as (
                select since, count(*) as records from version where deleted_at is null group by since)
            select b.id, b.number, b.hash_version, b.pass, b.run, b.batch_key, b.first_id, b.last_id, b.record_count,
                b.changed_count, b.requests_used, (extract(epoch from b.landed_at) * 1000000)::bigint, b.batch_hash,
                b.chain_hash, b.parent_ids, b.record_ids, b.deleted_parent_ids, b.deleted_ids, held.hashes,
                coalesce(changed.records, 0), coalesce(held.named, 0)
            from pennylane_sync.batch b
                left join held on held.batch_id = b.id left join changed on changed.since = b.id
            where b.company_id = :company and b.stream = :stream and b.number >= :from
            order by b.chain_position""";

    private final SharedSnapshot snapshot;
    private final VerifiedStream part;
    private final Differences differences;
    private final List<Long> incomplete = new ArrayList<>();
    private Sha256 head = Sha256.ZERO;
    private final Seals seals;
    private final Rewrites rewrites;
    private long number;
    private long batches;

    LedgerVerification(SharedSnapshot snapshot, VerifiedStream part, Differences differences) {
        this.snapshot = snapshot;
        this.part = part;
        this.differences = differences;
        this.seals = Seals.read(snapshot, part);
        this.rewrites = Rewrites.read(snapshot, part);
    }

    /** @return how many batches were looked at */
    long verify() {
        if (!part.isWhole()) {
            snapshot.jdbc()
                    .sql("select number, chain_hash from pennylane_sync.batch where company_id = ? and stream = ?"
                            + " and number < ? order by number desc limit 1")
                    .params(part.company(), part.stream().name(), part.from()).query(this::goOnBehind);
        }
        snapshot.eachJoined(
                part.bound(String.format(Locale.ROOT, BATCHES, RecordVersions.hashes(part.stream()), ABSENT)),
                this::batch);
        verifyHead();
        return batches;
    }

    private void goOnBehind(ResultSet row) throws SQLException {
        number = row.getLong(1);
        head = Sha256.stored(row.getBytes(2));
    }

    /** Returns the batches that brought more versions than they name. */
    List<Long> incomplete() {
        return incomplete;
    }

    private void batch(ResultSet row) throws SQLException {
        batches++;
        String place = "batch " + row.getLong(1);
        passSealed(row.getLong(2), place);
        if (row.getLong(2) != ++number) {
            differences.add(place + ": is number " + row.getLong(2) + " where number " + number + " should stand");
        }
        Sha256 stored = Sha256.stored(row.getBytes(13));
        long[] ids = longs(row.getArray(16));
        if (row.getString(4).equals(Seal.PASS)) {
            verifySeal("seal", seals.hash(row.getLong(2)), row.getLong(2), stored, place);
        } else if (row.getString(4).equals(Rewrite.PASS)) {
            verifySeal("rewrite", rewrites.hash(row.getLong(2)), row.getLong(2), stored, place);
        } else if (!content(row, place, ids).equals(rewrites.content(row.getLong(2), stored))) {
            differences.add(place + ": the rows do not match its batch hash");
        }
        ChainEntry entry = entry(row, stored);
        if (!agree(entry, row.getInt(20), ids)) {
            differences.add(place + ": its figures are not those of its records");
        }
        if (row.getLong(20) != row.getLong(21)) {
            incomplete.add(row.getLong(1));
        }
        link(entry, row.getInt(3), Sha256.stored(row.getBytes(14)), place);
    }

    /** Leads the chain over the batches that were thinned before this one. */
    private void passSealed(long next, String place) {
        for (Optional<Sha256> sealed = seals.next(number + 1, head); number + 1 < next && sealed.isPresent(); sealed =
                seals.next(number + 1, head)) {
            head = sealed.get();
            number++;
        }
        if (seals.isSealed(next)) {
            differences.add(place + ": is here although a seal says that it was removed");
        }
    }

    private void verifySeal(String kind, Optional<Sha256> seal, long ofNumber, Sha256 bound, String place) {
        if (seal.isEmpty()) {
            differences.add(place + ": its " + kind + " " + ofNumber + " is gone");
        } else if (!seal.get().equals(bound)) {
            differences.add(place + ": its " + kind + " " + ofNumber + " is not the one that was made");
        }
    }

    private Sha256 content(ResultSet row, String place, long[] ids) throws SQLException {
        BatchHash hash = BatchHash.begin(part.company(), part.stream().name(), row.getString(4));
        long[] parents = longs(row.getArray(15));
        byte[] hashes = row.getBytes(19) == null ? new byte[0] : row.getBytes(19);
        if (hashes.length != ids.length * Sha256.LENGTH_BYTES) {
            differences.add(place + ": names a record of which several versions were current");
            return Sha256.ZERO;
        }
        for (int i = 0; i < ids.length; i++) {
            Sha256 version = Sha256.stored(Arrays.copyOfRange(hashes, i * Sha256.LENGTH_BYTES,
                    (i + 1) * Sha256.LENGTH_BYTES));
            if (version.equals(Sha256.ZERO)) {
                differences.add(place + ": names row " + at(parents, i) + "/" + ids[i]
                        + ", of which there is no version of that time");
            }
            hash.add(at(parents, i), ids[i], version);
        }
        long[] deletedParents = longs(row.getArray(17));
        long[] deleted = longs(row.getArray(18));
        for (int i = 0; i < deleted.length; i++) {
            hash.add(at(deletedParents, i), deleted[i], Sha256.ZERO);
        }
        return hash.finish();
    }

    private static long at(long[] parents, int i) {
        return parents.length == 0 ? 0 : parents[i];
    }

    private static boolean agree(ChainEntry said, int changed, long[] ids) {
        return said.records() == ids.length && said.changed() == changed
                && said.first().equals(Arrays.stream(ids).min()) && said.last().equals(Arrays.stream(ids).max());
    }

    private void link(ChainEntry entry, int version, Sha256 chain, String place) {
        head = head.chain(version == ChainEntry.VERSION ? entry.hash() : entry.content());
        if (!head.equals(chain)) {
            differences.add(place + ": the chain is broken");
            head = chain;
        }
    }

    private ChainEntry entry(ResultSet row, Sha256 content) throws SQLException {
        return new ChainEntry(part.company(), part.stream().name(), Math.max(1, row.getLong(2)), row.getString(4),
                row.getLong(5),
                row.getString(6), id(row, 7), id(row, 8), row.getInt(9), row.getInt(10), row.getInt(11),
                row.getLong(12), content);
    }

    private static OptionalLong id(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /** The newest chain hash also stands with the stream: a ledger that lost its end shows. */
    private void verifyHead() {
        Sha256 noted = snapshot.jdbc().sql(
                "select chain_head from pennylane_sync.stream_state where company_id = ? and stream = ? "
                        + "and chain_head is not null")
                .params(part.company(), part.stream().name()).query((row, n) -> Sha256.stored(row.getBytes(1)))
                .optional()
                .orElse(Sha256.ZERO);
        if (!noted.equals(head)) {
            differences.add("the ledger does not end where the stream's chain does: batches are missing");
        }
    }

    private static long[] longs(Array array) throws SQLException {
        return array == null ? new long[0]
                : Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
    }
}
