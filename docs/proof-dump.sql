-- What check-proof.py reads: every version of every record, the ledger, its seals and what was rewritten, and the archived files, one JSON object a line. With psql:
--   psql -At -f docs/proof-dump.sql "$WAREHOUSE" > proof.jsonl
select format($f$select jsonb_build_object('stream', %L, 'company', company_id, 'parent', %s, 'id', id, 'since', batch_id,
    'payload', payload::text, 'hash', encode(record_hash, 'hex')) from pennylane.%I$f$, t.relname, coalesce((
        select format('%I', a.attname) from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
        where i.indrelid = t.oid and i.indisprimary and a.attname not in ('company_id', 'id')), '0'), t.relname)
from pg_class t where t.relnamespace = 'pennylane'::regnamespace and t.relkind in ('r', 'p') and exists (
    select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'record_hash')
\gexec
select jsonb_build_object('stream', stream, 'company', company_id, 'parent', parent_id, 'id', id, 'since', batch_id,
    'until', replaced_by_batch_id, 'payload', payload::text, 'hash', encode(record_hash, 'hex')) from pennylane_sync.record_version;
select jsonb_build_object('stream', stream, 'company', company_id, 'parent', parent_id, 'id', id, 'since', batch_id,
    'until', replaced_by_batch_id, 'payload', null, 'hash', encode(record_hash, 'hex')) from pennylane_sync.thinned_version;
select jsonb_build_object('seal', jsonb_build_array(company_id, stream, number, pennylane_sync.micros(versions_before), versions,
    encode(versions_hash, 'hex'), pennylane_sync.micros(batches_before), records), 'batches', (
        select coalesce(jsonb_agg(jsonb_build_array(n, id, pennylane_sync.micros(at), encode(entry, 'hex')) order by n), '[]')
        from unnest(batch_numbers, batch_ids, batch_landed_at, batch_entries) u(n, id, at, entry))) from pennylane_sync.seal;
select jsonb_build_object('rewrite', jsonb_build_array(company_id, stream, number, rule, rows, versions), 'batches', (
        select coalesce(jsonb_agg(jsonb_build_array(n, encode(content, 'hex')) order by n), '[]')
        from unnest(batch_numbers, batch_contents) u(n, content))) from pennylane_sync.rewrite;
select to_jsonb(b) || jsonb_build_object('at', (extract(epoch from landed_at) * 1000000)::bigint)
from pennylane_sync.batch b order by company_id, stream, number;
select jsonb_build_object('stream', e.stream, 'company', e.company_id, 'entry', e.number, 'entry_hash', encode(e.entry_hash, 'hex'),
    'chain_hash', encode(e.chain_hash, 'hex'), 'newest', e.number = max(e.number) over
        (partition by e.company_id, e.stream, e.parent_id, e.record_id, e.field, e.sha256),
    'facts', case when f.id is not null then jsonb_build_array(e.parent_id, e.record_id, e.field, f.file_name, f.object_key, f.size,
        encode(e.sha256, 'hex'), f.content_type, f.record_year, (extract(epoch from f.archived_at) * 1000000)::bigint)
        || case when f.removed_at is null then '[]' else jsonb_build_array((extract(epoch from f.removed_at) * 1000000)::bigint) end end)
from pennylane_sync.file_entry e left join pennylane_sync.file f on f.company_id = e.company_id and f.stream = e.stream
    and f.parent_id = e.parent_id and f.record_id = e.record_id and f.field = e.field and f.sha256 = e.sha256 and f.state = 'ARCHIVED'
order by e.company_id, e.stream, e.number;
