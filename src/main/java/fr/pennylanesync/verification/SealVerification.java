package fr.pennylanesync.verification;

import fr.pennylanesync.warehouse.SharedSnapshot;

/**
 * Holds what is here, and what is left of what was thinned, against the seals: each is bound by the ledger, none speaks
 * of what was young, and nothing was thinned that none speaks of. Their hashes are compared with the ledger.
 */
final class SealVerification {

    private static final String FAULTS = """
            with seal as (
                select * from pennylane_sync.seal where company_id = :company and stream = :stream),
            sealed as (
                select s.number as seal, u.number, u.id, u.landed_at from seal s
                cross join lateral unnest(s.batch_numbers, s.batch_ids, s.batch_landed_at) u(number, id, landed_at)),
            batch as (
                select * from pennylane_sync.batch where company_id = :company and stream = :stream),
            held as (
                select id, landed_at from batch union all select id, landed_at from sealed),
            thinned as (
                select * from pennylane_sync.thinned_version where company_id = :company and stream = :stream),
            mention as (
                select b.id as batch, coalesce(u.parent, 0) as parent, u.id from batch b cross join lateral unnest(
                    b.parent_ids || b.deleted_parent_ids, b.record_ids || b.deleted_ids) u(parent, id)
                where exists (select 1 from thinned)),
            horizon as (
                select coalesce(max(versions_before), '-infinity') as at from seal)
            select 'seal ' || number || ': no entry of the ledger binds it' from seal s where not exists (
                select 1 from batch b where b.number = s.number and b.pass = 'thinning' and b.landed_at = s.sealed_at)
            union all
            select 'seal ' || number || ': speaks of what was younger than thirty days' from seal s
            where greatest(versions_before, batches_before) > sealed_at - interval '30 days'
                or exists (select 1 from sealed b where b.seal = s.number
                    and (b.landed_at < s.batches_before) is not true)
            union all
            select 'seal ' || max(seal) || ': batch number ' || number || ' was removed before' from sealed
            group by number having count(*) > 1
            union all
            select 'version ' || parent_id || '/' || id || ': is here although a seal says that it was removed'
            from pennylane_sync.record_version, horizon
            where company_id = :company and stream = :stream and replaced_at < horizon.at
            union all
            select 'version ' || parent_id || '/' || id || ': was thinned, and no seal says so'
            from thinned t, horizon where not exists (
                select 1 from held h where h.id = t.replaced_by_batch_id and h.landed_at < horizon.at)
            union all
            select 'version ' || parent_id || '/' || id || ': was thinned, and no batch is hashed with it'
            from thinned t where not exists (select 1 from mention m where m.parent = t.parent_id and m.id = t.id
                and m.batch >= t.batch_id and m.batch < t.replaced_by_batch_id)
            """;

    private final SharedSnapshot snapshot;
    private final VerifiedStream part;
    private final Differences differences;

    SealVerification(SharedSnapshot snapshot, VerifiedStream part, Differences differences) {
        this.snapshot = snapshot;
        this.part = part;
        this.differences = differences;
    }

    void verify() {
        snapshot.each(part.bound(FAULTS), row -> differences.add(row.getString(1)));
        Rewrites.findUnbound(snapshot, part, differences);
    }
}
