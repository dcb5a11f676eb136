-- What has grown old may leave the ledger and the replaced versions, by one door: pennylane_sync.thin. It leaves a seal behind, which is an
-- entry of the stream's ledger itself, so that the chain and the signed documents bind it.

-- What is left of a version: the batches that are still here are hashed with it.
create table pennylane_sync.thinned_version (
    company_id bigint not null,
    stream text not null,
    -- 0 where the stream is no child.
    parent_id bigint not null,
    id bigint not null,
    batch_id bigint not null,
    replaced_by_batch_id bigint not null,
    record_hash bytea not null,
    deleted_at timestamptz,
    primary key (company_id, stream, parent_id, id, replaced_by_batch_id)
);

create table pennylane_sync.seal (
    company_id bigint not null,
    stream text not null,
    -- The number of the ledger's entry that binds it: its batch_hash is the hash of what stands here.
    number bigint not null,
    sealed_at timestamptz not null default now(),
    -- No version that was replaced earlier is here any more; null: none was looked for.
    versions_before timestamptz,
    versions bigint not null,
    -- SHA-256 over the parent, id, batch, replacing batch and record hash of each of these versions.
    versions_hash bytea not null,
    -- Batches that landed earlier are here only where a row or a version names them; null: none was looked for.
    batches_before timestamptz,
    -- How many records and deletions they named.
    records bigint not null,
    -- The batches that were removed, in their order. The hash of each one's entry keeps the chain whole.
    batch_numbers bigint[] not null,
    batch_ids bigint[] not null,
    batch_landed_at timestamptz[] not null,
    batch_entries bytea[] not null,
    primary key (company_id, stream, number)
);

create function pennylane_sync.micros(at timestamptz) returns bigint language sql stable set search_path = pg_catalog, pg_temp as
    'select (extract(epoch from at) * 1000000)::bigint';

-- Thins a stream of a company: removes, of what is older than the two instants and at least thirty days old, versions, and batches that neither
-- a row nor a version that stays names, nor a reading under way. At most some thousands at once; few only once in four weeks.
create function pennylane_sync.thin(of_company bigint, of_stream text, versions_older timestamptz, batches_older timestamptz, preview boolean,
    out versions bigint, out batches bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set work_mem = '64MB' as $$
#variable_conflict use_column
declare
    at_once constant integer := 20000;
    few constant integer := 1000;
    newest record;
    found_batches record;
    named bigint[];
    made pennylane_sync.seal;
    reading_since timestamptz;
    content bytea;
    head bytea;
    gone bigint;
begin
    if greatest(versions_older, batches_older) > now() - interval '30 days' then
        raise exception 'only what is older than 30 days is thinned' using errcode = 'invalid_parameter_value';
    end if;
    select chain_head into head from pennylane_sync.stream_state where company_id = of_company and stream = of_stream for update;
    select number, chain_hash into newest from pennylane_sync.batch where company_id = of_company and stream = of_stream
        order by chain_position desc limit 1;
    if newest.chain_hash is distinct from head then
        raise exception 'the ledger does not end where its chain does' using errcode = 'data_corrupted';
    end if;

    versions := 0;
    batches := 0;
    if head is null or to_regclass(format('pennylane.%I', of_stream)) is null then
        return;
    end if;
    made := (of_company, of_stream, newest.number + 1, now(), null::timestamptz, 0, sha256(''), null::timestamptz, 0, '{}'::bigint[], '{}'::bigint[],
        '{}'::timestamptz[], '{}'::bytea[]);

    if versions_older is not null then
        -- Versions that were replaced at one instant go together: none has left that is younger than one that stays.
        select greatest(v.replaced_at, oldest.replaced_at + interval '1 microsecond') into made.versions_before
            from pennylane_sync.record_version v, (select min(replaced_at) as replaced_at from pennylane_sync.record_version
                where company_id = of_company and stream = of_stream) oldest
            where company_id = of_company and stream = of_stream and v.replaced_at < versions_older order by v.replaced_at offset at_once limit 1;
        made.versions_before := coalesce(made.versions_before, versions_older);
        select count(*), sha256(coalesce(string_agg(int8send(parent_id) || int8send(id) || int8send(batch_id) || int8send(replaced_by_batch_id)
                || record_hash, ''::bytea order by parent_id, id, replaced_by_batch_id), ''))
            into made.versions, made.versions_hash from pennylane_sync.record_version
            where company_id = of_company and stream = of_stream and replaced_at < made.versions_before;
    end if;

    if (select landed_at from pennylane_sync.batch where company_id = of_company and stream = of_stream and pass <> 'thinning'
        order by number limit 1) < batches_older
    then
        made.batches_before := batches_older;
        execute format('select coalesce(array_agg(distinct batch_id), ''{}'') from (select batch_id from pennylane.%I where company_id = $1'
            ' union all select batch_id from pennylane_sync.record_version where company_id = $1 and stream = $2 and replaced_at >= $3) n',
            of_stream) into named using of_company, of_stream, coalesce(made.versions_before, '-infinity');
        select min(begun_at) into reading_since from pennylane_sync.checkpoint where company_id = of_company and stream = of_stream
            and pass in ('walk', 'sweep', 'history') and position ->> 'kind' not in ('ended', 'worked', 'drained');
        with old as (
            select * from pennylane_sync.batch b where company_id = of_company and stream = of_stream and pass <> 'thinning'
                and landed_at < least(batches_older, reading_since) and number < newest.number
                and not exists (select 1 from unnest(named) n where n = b.id)
            order by number limit at_once),
        entry as (
            select *, case hash_version when 1 then batch_hash else sha256(convert_to(concat(hash_version, E'\n', company_id, E'\n', stream, E'\n',
                number, E'\n', pass, E'\n', run, E'\n', batch_key, E'\n', first_id, E'\n', last_id, E'\n', record_count, E'\n', changed_count,
                E'\n', requests_used, E'\n', pennylane_sync.micros(landed_at), E'\n', encode(batch_hash, 'hex'), E'\n'), 'UTF8')) end as hash
            from old)
        select array_agg(e.number order by e.number) as numbers, array_agg(e.id order by e.number) as ids,
            array_agg(e.landed_at order by e.number) as landed, array_agg(e.hash order by e.number) as hashes,
            sum(cardinality(e.record_ids) + cardinality(e.deleted_ids)) as records,
            bool_and(sha256(before.chain_hash || e.hash) is not distinct from e.chain_hash or before.chain_hash is null) as linked
            into found_batches from entry e left join pennylane_sync.batch before
                on before.company_id = of_company and before.stream = of_stream and before.number = e.number - 1;
        -- What the seal would say of such a batch is not what the chain was made of.
        if not found_batches.linked then
            raise exception 'the chain is broken where it would be sealed' using errcode = 'data_corrupted';
        end if;
        if found_batches.numbers is not null then
            made.batch_numbers := found_batches.numbers;
            made.batch_ids := found_batches.ids;
            made.batch_landed_at := found_batches.landed;
            made.batch_entries := found_batches.hashes;
            made.records := found_batches.records;
        end if;
    end if;

    versions := made.versions;
    batches := cardinality(made.batch_numbers);
    if versions + batches < few and (versions + batches = 0 or exists (select 1 from pennylane_sync.seal where company_id = of_company
        and stream = of_stream and sealed_at > now() - interval '28 days'))
    then
        versions := 0;
        batches := 0;
    end if;
    if preview or versions + batches = 0 then
        return;
    end if;

    insert into pennylane_sync.seal select made.*;
    content := sha256(convert_to(concat(1, E'\n', of_company, E'\n', of_stream, E'\n', made.number, E'\n',
        pennylane_sync.micros(made.versions_before), E'\n', made.versions, E'\n', encode(made.versions_hash, 'hex'), E'\n',
        pennylane_sync.micros(made.batches_before), E'\n', made.records, E'\n',
        (select string_agg(concat(n, ' ', id, ' ', pennylane_sync.micros(at), ' ', encode(hash, 'hex'), E'\n'), '' order by n)
            from unnest(made.batch_numbers, made.batch_ids, made.batch_landed_at, made.batch_entries) u(n, id, at, hash))), 'UTF8'));
    head := sha256(head || sha256(convert_to(concat(2, E'\n', of_company, E'\n', of_stream, E'\n', made.number, E'\nthinning\n', made.number,
        E'\n\n\n\n0\n0\n0\n', pennylane_sync.micros(now()), E'\n', encode(content, 'hex'), E'\n'), 'UTF8')));
    insert into pennylane_sync.batch (chain_position, company_id, stream, number, hash_version, pass, run, batch_key, record_count, changed_count,
        record_ids, deleted_ids, batch_hash, chain_hash, requests_used) values (nextval(pg_get_serial_sequence('pennylane_sync.batch', 'id')),
        of_company, of_stream, made.number, 2, 'thinning', made.number, '', 0, 0, '{}', '{}', content, head, 0);
    update pennylane_sync.stream_state set chain_head = head where company_id = of_company and stream = of_stream;

    with removed as (delete from pennylane_sync.record_version
        where company_id = of_company and stream = of_stream and replaced_at < made.versions_before returning *)
    insert into pennylane_sync.thinned_version select company_id, stream, parent_id, id, batch_id, replaced_by_batch_id, record_hash, deleted_at
        from removed;
    get diagnostics gone = row_count;
    delete from pennylane_sync.batch b using unnest(made.batch_numbers) n
        where company_id = of_company and stream = of_stream and b.number = n;
    -- What no batch is hashed with any more proves nothing.
    with mention as materialized (
        select b.id as batch, coalesce(u.parent, 0) as parent, u.id from pennylane_sync.batch b
            cross join lateral unnest(b.parent_ids || b.deleted_parent_ids, b.record_ids || b.deleted_ids) u(parent, id)
        where b.company_id = of_company and b.stream = of_stream)
    delete from pennylane_sync.thinned_version v where company_id = of_company and stream = of_stream and not exists (select 1 from mention m
        where m.parent = v.parent_id and m.id = v.id and m.batch >= v.batch_id and m.batch < v.replaced_by_batch_id);
    if gone <> versions then
        raise exception 'versions changed while they were thinned' using errcode = 'serialization_failure';
    end if;
end
$$;
revoke execute on function pennylane_sync.thin(bigint, text, timestamptz, timestamptz, boolean) from public;

-- The runtime's login still changes nothing by itself: within the door it is the owner who removes, and only where a seal was made by the same
-- transaction.
create or replace function pennylane_sync.refuse_change() returns trigger language plpgsql as $$
begin
    if exists (select 1 from pg_catalog.pg_roles runtime, pg_catalog.pg_roles login where runtime.rolname = 'pennylane_runtime'
        and login.rolname = session_user and not login.rolsuper and pg_catalog.pg_has_role(session_user, runtime.oid, 'member'))
    then
        if tg_op = 'DELETE' and tg_table_name in ('batch', 'record_version', 'thinned_version') and current_user <> session_user
            and current_user = (select pg_catalog.pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = tg_relid)
            and exists (select 1 from pennylane_sync.seal where sealed_at = pg_catalog.now())
        then
            return null;
        end if;
        raise exception 'pennylane_sync.% is append only', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;
create trigger append_only before update or delete or truncate on pennylane_sync.thinned_version
    for each statement execute function pennylane_sync.refuse_change();
create trigger append_only before update or delete or truncate on pennylane_sync.seal
    for each statement execute function pennylane_sync.refuse_change();

-- Where docs/roles.sql was run already, the new tables and the door are as it would make them.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select on pennylane_sync.seal, pennylane_sync.thinned_version to pennylane_runtime;
        grant execute on function pennylane_sync.thin(bigint, text, timestamptz, timestamptz, boolean) to pennylane_runtime;
    end if;
end
$$;
