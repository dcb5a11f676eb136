-- Where the program stands (checkpoints, states, what is due, set aside or sampled) changes with every batch, so no chain is made of it. Whoever
-- else changes it is written down instead: the runtime's own sessions say who they are, and a statement of any other session leaves a row here.
-- Keys only, never values.

create table pennylane_sync.foreign_change (
    id bigint generated always as identity primary key,
    changed_at timestamptz not null default clock_timestamp(),
    login text not null default session_user,
    operation text not null,
    table_name text not null,
    company_id bigint,
    stream text,
    -- What else names the row.
    row_key text not null default ''
);

create function pennylane_sync.note_foreign_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if coalesce(current_setting('pennylane_sync.writer', true), '') = 'runtime' then
        return null;
    end if;
    if tg_op = 'TRUNCATE' then
        insert into pennylane_sync.foreign_change (operation, table_name) values (tg_op, tg_table_name);
        return null;
    end if;
    insert into pennylane_sync.foreign_change (operation, table_name, company_id, stream, row_key)
    select tg_op, tg_table_name, (r.row ->> case tg_table_name when 'company' then 'id' else 'company_id' end)::bigint, r.row ->> 'stream',
        coalesce((select string_agg(k || ' ' || (r.row ->> k), ', ') from unnest(array['feed', 'pass', 'kind', 'parent_id', 'record_id', 'id',
            'from_month', 'batch_id']) k where r.row ->> k is not null), '')
    from (select to_jsonb(c) as row from changed c limit 100) r;
    return null;
end
$$;

do $$
declare
    state_table text;
begin
    foreach state_table in array array['checkpoint', 'stream_state', 'due', 'stale_copy', 'stale_read', 'seen_event', 'quarantine',
        'share_partition', 'share_match', 'share_company', 'company']
    loop
        execute format('create trigger foreign_insert after insert on pennylane_sync.%I referencing new table as changed'
            ' for each statement execute function pennylane_sync.note_foreign_change()', state_table);
        execute format('create trigger foreign_update after update on pennylane_sync.%I referencing old table as changed'
            ' for each statement execute function pennylane_sync.note_foreign_change()', state_table);
        execute format('create trigger foreign_delete after delete on pennylane_sync.%I referencing old table as changed'
            ' for each statement execute function pennylane_sync.note_foreign_change()', state_table);
        execute format('create trigger foreign_truncate after truncate on pennylane_sync.%I'
            ' for each statement execute function pennylane_sync.note_foreign_change()', state_table);
    end loop;
end
$$;
