-- Personal data: which rules were applied to what stands here, who was erased, and what of the proof follows from it.

-- Somebody who was erased arrives again without what is personal, until they are released.
create table pennylane_sync.erased_person (
    company_id bigint not null,
    person text not null check (person in ('customer', 'supplier', 'contact', 'employee')),
    id bigint not null,
    erased_at timestamptz not null default now(),
    released_at timestamptz,
    primary key (company_id, person, id)
);

-- The rules that were applied last to all that stands of a stream.
create table pennylane_sync.privacy_rule (
    company_id bigint not null,
    stream text not null,
    rules text not null,
    applied_at timestamptz not null default now(),
    primary key (company_id, stream)
);

-- What was rewritten in rows and replaced versions. Each is bound by an entry of the stream's ledger, with the pass 'privacy': its batch_hash is
-- the hash of what stands here.
create table pennylane_sync.rewrite (
    company_id bigint not null,
    stream text not null,
    -- The number of the ledger's entry.
    number bigint not null,
    rewritten_at timestamptz not null default now(),
    -- What was done, and by which rule.
    rule text not null,
    rows bigint not null,
    versions bigint not null,
    -- The batches that are hashed with these, in their order, and the batch hash that each has over what stands here since.
    batch_numbers bigint[] not null,
    batch_contents bytea[] not null,
    primary key (company_id, stream, number)
);
create trigger append_only before update or delete or truncate on pennylane_sync.rewrite
    for each statement execute function pennylane_sync.refuse_change();

-- The door by which personal data leaves replaced versions: it writes them, and seals what that does to the hashes of batches. The rows of the
-- table are written before, in the same transaction.
create function pennylane_sync.rewrite(of_company bigint, of_stream text, of_rule text, row_parents bigint[], row_ids bigint[],
    version_parents bigint[], version_ids bigint[], version_untils bigint[], version_payloads text[], version_hashes bytea[])
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set work_mem = '64MB' as $$
#variable_conflict use_column
declare
    nothing constant bytea := decode(repeat('00', 32), 'hex');
    newest record;
    head bytea;
    parent text;
    found record;
    content bytea;
    changed bigint;
begin
    if position(E'\n' in of_rule) > 0 then
        raise exception 'a rule is one line' using errcode = 'invalid_parameter_value';
    end if;
    select chain_head into head from pennylane_sync.stream_state where company_id = of_company and stream = of_stream for update;
    select number, chain_hash into newest from pennylane_sync.batch where company_id = of_company and stream = of_stream
        order by chain_position desc limit 1;
    if head is null or newest.chain_hash is distinct from head then
        raise exception 'the ledger does not end where its chain does' using errcode = 'data_corrupted';
    end if;
    -- The second column of the key of a sub-list's table is the parent's id.
    select quote_ident(a.attname) into parent from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[1]
        where i.indrelid = format('pennylane.%I', of_stream)::regclass and i.indisprimary and i.indnatts = 3;

    update pennylane_sync.record_version v set payload = u.payload::jsonb, record_hash = u.hash
        from unnest(version_parents, version_ids, version_untils, version_payloads, version_hashes) u(parent, id, until, payload, hash)
        where v.company_id = of_company and v.stream = of_stream and v.parent_id = u.parent and v.id = u.id and v.replaced_by_batch_id = u.until;
    get diagnostics changed = row_count;
    if changed <> cardinality(version_ids) then
        raise exception 'versions changed while they were rewritten' using errcode = 'serialization_failure';
    end if;

    execute format($sql$
        with touched as materialized (
            select u.parent, u.id, t.batch_id as since, null::bigint as until from unnest($3, $4) u(parent, id)
                join pennylane.%1$I t on t.company_id = $1 and t.id = u.id and %2$s = u.parent
            union all
            select u.parent, u.id, v.batch_id, u.until from unnest($5, $6, $7) u(parent, id, until)
                join pennylane_sync.record_version v on v.company_id = $1 and v.stream = $2 and v.parent_id = u.parent and v.id = u.id
                and v.replaced_by_batch_id = u.until),
        affected as materialized (
            select distinct b.id from pennylane_sync.batch b cross join lateral unnest(b.parent_ids, b.record_ids) m(parent, id)
                join touched c on c.parent = coalesce(m.parent, 0) and c.id = m.id and c.since <= b.id and (c.until is null or c.until > b.id)
            where b.company_id = $1 and b.stream = $2 and b.first_id <= (select max(id) from touched)
                and b.last_id >= (select min(id) from touched)),
        mention as materialized (
            select b.id as batch, m.place, coalesce(m.parent, 0) as parent, m.id from affected join pennylane_sync.batch b using (id)
                cross join lateral unnest(b.parent_ids, b.record_ids) with ordinality m(parent, id, place)),
        version as materialized (
            select %2$s as parent, t.id, t.batch_id as since, null::bigint as until, t.record_hash from pennylane.%1$I t
                where t.company_id = $1 and t.id in (select id from mention)
            union all
            select v.parent_id, v.id, v.batch_id, v.replaced_by_batch_id, v.record_hash from (
                select company_id, stream, parent_id, id, batch_id, replaced_by_batch_id, record_hash from pennylane_sync.record_version
                union all
                select company_id, stream, parent_id, id, batch_id, replaced_by_batch_id, record_hash from pennylane_sync.thinned_version) v
                where v.company_id = $1 and v.stream = $2 and (v.parent_id, v.id) in (select parent, id from mention)),
        held as (
            select m.batch, string_agg(int8send(m.parent) || int8send(m.id) || coalesce(v.record_hash, $8), ''::bytea order by m.place) as hashes
                from mention m left join version v on v.parent = m.parent and v.id = m.id and v.since <= m.batch
                and (v.until is null or v.until > m.batch) group by m.batch)
        select coalesce(array_agg(b.number order by b.number), '{}') as numbers,
            coalesce(array_agg(sha256(convert_to(concat(b.company_id, E'\n', b.stream, E'\n', b.pass, E'\n'), 'UTF8') || coalesce(h.hashes, '')
                || coalesce((select string_agg(int8send(coalesce(d.parent, 0)) || int8send(d.id) || $8, ''::bytea order by d.place)
                    from unnest(b.deleted_parent_ids, b.deleted_ids) with ordinality d(parent, id, place)), '')) order by b.number), '{}')
                as contents
            from affected join pennylane_sync.batch b using (id) left join held h on h.batch = b.id$sql$,
        of_stream, coalesce('t.' || parent, '0::bigint'))
        into found using of_company, of_stream, row_parents, row_ids, version_parents, version_ids, version_untils, nothing;

    insert into pennylane_sync.rewrite values (of_company, of_stream, newest.number + 1, now(), of_rule, cardinality(row_ids),
        cardinality(version_ids), found.numbers, found.contents);
    content := sha256(convert_to(concat(1, E'\n', of_company, E'\n', of_stream, E'\n', newest.number + 1, E'\n', of_rule, E'\n',
        cardinality(row_ids), E'\n', cardinality(version_ids), E'\n', (select string_agg(concat(n, ' ', encode(hash, 'hex'), E'\n'), '' order by n)
            from unnest(found.numbers, found.contents) u(n, hash))), 'UTF8'));
    head := sha256(head || sha256(convert_to(concat(2, E'\n', of_company, E'\n', of_stream, E'\n', newest.number + 1, E'\nprivacy\n',
        newest.number + 1, E'\n\n\n\n0\n0\n0\n', pennylane_sync.micros(now()), E'\n', encode(content, 'hex'), E'\n'), 'UTF8')));
    insert into pennylane_sync.batch (chain_position, company_id, stream, number, hash_version, pass, run, batch_key, record_count, changed_count,
        record_ids, deleted_ids, batch_hash, chain_hash, requests_used) values (nextval(pg_get_serial_sequence('pennylane_sync.batch', 'id')),
        of_company, of_stream, newest.number + 1, 2, 'privacy', newest.number + 1, '', 0, 0, '{}', '{}', content, head, 0);
    update pennylane_sync.stream_state set chain_head = head where company_id = of_company and stream = of_stream;
    return newest.number + 1;
end
$$;
revoke execute on function pennylane_sync.rewrite(bigint, text, text, bigint[], bigint[], bigint[], bigint[], bigint[], text[], bytea[]) from public;

-- Within this door the owner writes versions, as within that of thinning the owner removes them.
create or replace function pennylane_sync.refuse_change() returns trigger language plpgsql as $$
begin
    if exists (select 1 from pg_catalog.pg_roles runtime, pg_catalog.pg_roles login where runtime.rolname = 'pennylane_runtime'
        and login.rolname = session_user and not login.rolsuper and pg_catalog.pg_has_role(session_user, runtime.oid, 'member'))
    then
        if current_user <> session_user
            and current_user = (select pg_catalog.pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = tg_relid)
            and (tg_op = 'UPDATE' and tg_table_name = 'record_version'
                or tg_op = 'DELETE' and tg_table_name in ('batch', 'record_version', 'thinned_version')
                and exists (select 1 from pennylane_sync.seal where sealed_at = pg_catalog.now()))
        then
            return null;
        end if;
        raise exception 'pennylane_sync.% is append only', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;

-- The entries that bind what was rewritten are thinned no more than seals are.
do $$
begin
    execute replace(pg_get_functiondef('pennylane_sync.thin(bigint, text, timestamptz, timestamptz, boolean)'::regprocedure),
        'pass <> ''thinning''', 'pass not in (''thinning'', ''privacy'')');
end
$$;

-- Where docs/roles.sql was run already, the new tables and the door are as it would make them.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select on pennylane_sync.rewrite to pennylane_runtime;
        grant select, insert, update on pennylane_sync.erased_person, pennylane_sync.privacy_rule to pennylane_runtime;
        grant execute on function pennylane_sync.rewrite(bigint, text, text, bigint[], bigint[], bigint[], bigint[], bigint[], text[], bytea[])
            to pennylane_runtime;
    end if;
end
$$;
