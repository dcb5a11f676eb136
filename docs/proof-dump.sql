-- What check-proof.py reads: every version of every record, and the ledger, one JSON object a line. With psql:
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
select to_jsonb(b) || jsonb_build_object('at', (extract(epoch from landed_at) * 1000000)::bigint)
from pennylane_sync.batch b order by company_id, stream, number;
