-- Every sync, audit and verification with its figures: for people who ask what ran, how long, and what it brought.
create table pennylane_sync.sync_run (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('sync', 'audit', 'verify')),
    -- Null: every company.
    company_id bigint,
    -- Of an audit its kind, such as fec; else empty.
    part text not null default '',
    -- The process that began it.
    node text not null,
    started_at timestamptz not null default now(),
    -- Null while it is under way, and where its process died until the next one of the same begins.
    ended_at timestamptz,
    outcome text check (outcome in ('COMPLETE', 'INCOMPLETE', 'DIFFERENT', 'FAILED', 'BROKEN_OFF')),
    error_code text,
    records_read bigint not null default 0,
    rows_changed bigint not null default 0,
    rows_deleted bigint not null default 0,
    requests bigint not null default 0,
    -- What an audit or a verification found otherwise.
    differences bigint not null default 0,
    -- The newest batch of any company when it began: what it landed stands behind that one.
    after_batch bigint not null,
    check ((ended_at is null) = (outcome is null))
);
create index sync_run_of_company on pennylane_sync.sync_run (company_id, id);
create index sync_run_proofs on pennylane_sync.sync_run (kind, id) where kind <> 'sync';
create index sync_run_under_way on pennylane_sync.sync_run (company_id) where ended_at is null;
create index sync_run_started on pennylane_sync.sync_run (started_at);

-- Who asked for what in the console. A row is never changed: how an action ended is a row of its own, with the same request.
create table pennylane_sync.operator_action (
    id bigint generated always as identity primary key,
    request uuid not null,
    at timestamptz not null default now(),
    -- The name of the login; empty where the console asks for none.
    operator text not null,
    action text not null,
    company_id bigint,
    -- What it was done to: the id of a case, the kind of an audit.
    subject text not null default '',
    outcome text not null check (outcome in ('ASKED', 'REFUSED', 'DONE', 'FAILED')),
    detail text not null default ''
);
create index operator_action_of_company on pennylane_sync.operator_action (company_id, id);
create trigger append_only before update or delete or truncate on pennylane_sync.operator_action
    for each statement execute function pennylane_sync.refuse_change();

-- Where docs/roles.sql was run already, the new tables are as it would make them.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select, insert, update, delete on pennylane_sync.sync_run to pennylane_runtime;
        grant select, insert on pennylane_sync.operator_action to pennylane_runtime;
        grant usage, select on all sequences in schema pennylane_sync to pennylane_runtime;
    end if;
end
$$;
