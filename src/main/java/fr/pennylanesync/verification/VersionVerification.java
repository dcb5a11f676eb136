package fr.pennylanesync.verification;

import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Holds the versions of a stream's records against the ledger: each stands in the batch that it names, as a record or
 * as a deletion; one follows the other without a gap; and its times, source and first sight are those of its batches.
 * The database looks for what does not hold, and only that is read. A record that came once and says what its batch
 * says, which most do, is not looked at any further.
 */
final class VersionVerification {

    private static final String FAULTS = """
            with sealed as (
                select u.id, u.landed_at from pennylane_sync.seal s
                cross join lateral unnest(s.batch_ids, s.batch_landed_at) u(id, landed_at)
                where s.company_id = :company and s.stream = :stream),
            record as (
                select parent_id as parent, id from pennylane_sync.record_version
                where company_id = :company and stream = :stream and replaced_by_batch_id :landed
                union
                select parent_id, id from pennylane_sync.thinned_version
                where company_id = :company and stream = :stream and replaced_by_batch_id :landed
                union
                select %4$s, t.id from :table t left join pennylane_sync.batch b on b.id = t.batch_id
                    and b.company_id = :company and b.stream = :stream
                where t.company_id = :company and t.batch_id :landed and (b.id is null or t.deleted_at is not null
                    or t.changed_at <> b.landed_at or t.first_seen_at <> b.landed_at
                    or t.source <> case when %2$s or b.pass = '%3$s' then 'share'
                            when b.pass = '%6$s' then 'derived' else 'api' end
                    or t.batch_id = any('{%5$s}'::bigint[]))),
            %1$s, mention as (
                select b.id as batch_id, coalesce(u.parent, 0) as parent, u.id, false as deleted
                from pennylane_sync.batch b cross join lateral unnest(b.parent_ids, b.record_ids) u(parent, id)
                where b.company_id = :company and b.stream = :stream and b.id in (select since from version)
                union all
                select b.id, coalesce(u.parent, 0), u.id, true
                from pennylane_sync.batch b
                cross join lateral unnest(b.deleted_parent_ids, b.deleted_ids) u(parent, id)
                where b.company_id = :company and b.stream = :stream),
            life as (
                select v.*, lead(since) over record as next, first_value(since) over record as first,
                    lag(source) over record as source_before
                from version v window record as (partition by parent, id order by since)),
            fault as (
                select l.parent, l.id, l.until is null as in_force, array_remove(array[
                    case when l.until is distinct from l.next and not coalesce(l.source is null and l.next > l.until
                            and l.until in (select id from sealed), false)
                        then 'its versions do not follow one another' end,
                    case when b.id is null and (l.source is not null or l.since not in (select id from sealed))
                            then 'it names a batch that is not in the ledger'
                        when b.id is not null and m.id is null then 'the batch that it names does not hold it' end,
                    case when l.changed_at <> b.landed_at then 'column changed_at: is not when its batch landed' end,
                    case when l.deleted_at <> b.landed_at then 'column deleted_at: is not when its batch landed' end,
                    case when (l.first_seen_at <> f.landed_at
                                or f.id is null and l.first in (select id from sealed))
                            and l.first_seen_at not in (select landed_at from sealed)
                        then 'column first_seen_at: is not when its first batch landed' end,
                    case when l.replaced_at <> u.landed_at
                        then 'column replaced_at: is not when the next version landed' end,
                    case when l.source <> case when l.deleted_at is not null then l.source_before
                            when %2$s or b.pass = '%3$s' then 'share'
                            when b.pass = '%6$s' then 'derived' else 'api' end
                        then 'column source: is not where its batch was read' end], null) as faults
                from life l
                left join pennylane_sync.batch b on b.id = l.since and b.company_id = :company and b.stream = :stream
                left join pennylane_sync.batch f on f.id = l.first and f.company_id = :company and f.stream = :stream
                left join pennylane_sync.batch u on u.id = l.until and u.company_id = :company and u.stream = :stream
                left join mention m on m.batch_id = l.since and m.parent = l.parent and m.id = l.id
                    and m.deleted = (l.deleted_at is not null))
            select parent, id, in_force, unnest(faults) from fault where cardinality(faults) > 0
            union all
            select m.parent, m.id, null, 'batch ' || m.batch_id || ' deleted it, and no version says so'
            from mention m where m.deleted and m.batch_id :landed and not exists (select 1 from version v
                where v.since = m.batch_id and v.parent = m.parent and v.id = m.id and v.deleted_at is not null)
            """;

    private final SharedSnapshot snapshot;
    private final VerifiedStream part;
    private final Differences differences;

    VersionVerification(SharedSnapshot snapshot, VerifiedStream part, Differences differences) {
        this.snapshot = snapshot;
        this.part = part;
        this.differences = differences;
    }

    /** @param incomplete batches that brought versions which they do not name */
    void verify(List<Long> incomplete) {
        snapshot.each(part.bound(String.format(Locale.ROOT, FAULTS, RecordVersions.facts(part.stream()),
                ofShare(part.stream()), PassKind.HISTORY.label(), RecordVersions.parent(part.stream()),
                incomplete.stream().map(String::valueOf).collect(Collectors.joining(",")),
                PassKind.PROOF.label())), this::fault);
    }

    /** The condition under which a version is of the share; where either source may be, the version says so itself. */
    private static String ofShare(StreamDefinition stream) {
        return stream.isShareOnly() && stream.isListed() ? "source = 'share'"
                : Boolean.toString(stream.isShareOnly() || stream.isApart());
    }

    private void fault(ResultSet row) throws SQLException {
        boolean inForce = row.getBoolean(3);
        String kind = row.wasNull() || inForce ? "row " : "version ";
        String fault = row.getString(4);
        differences.add(kind + row.getLong(1) + "/" + row.getLong(2)
                + (fault.startsWith("column ") ? " " : ": ") + fault);
    }
}
