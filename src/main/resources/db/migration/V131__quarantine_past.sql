-- How a case came to its end: LANDED, GONE, LIST_READ, CONFIRMED or ARCHIVED.
alter table pennylane_sync.quarantine add column resolution text;

-- A case that comes again takes the row of its first one over. What that one said, and how and when it ended, is kept here.
create table pennylane_sync.quarantine_past (
    quarantine_id bigint not null,
    company_id bigint not null,
    stream text not null,
    kind text not null,
    parent_id bigint not null,
    record_id bigint not null,
    subject text not null,
    reason text not null,
    raw text,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    resolved_at timestamptz not null,
    resolution text,
    primary key (quarantine_id, resolved_at)
);
create index quarantine_past_resolved on pennylane_sync.quarantine_past (resolved_at);

-- What one transaction resolves and sets aside again was never over.
create function pennylane_sync.keep_resolved_case() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
begin
    if old.resolved_at <> now() then
        insert into pennylane_sync.quarantine_past values (old.id, old.company_id, old.stream, old.kind, old.parent_id, old.record_id,
            old.subject, old.reason, old.raw, old.first_seen_at, old.last_seen_at, old.resolved_at, old.resolution);
    end if;
    new.resolution := null;
    return new;
end
$$;
create trigger keep_resolved_case before update on pennylane_sync.quarantine for each row
    when (old.resolved_at is not null and new.resolved_at is null) execute function pennylane_sync.keep_resolved_case();

-- Where docs/roles.sql was run already, the new table is as it would make it.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select, insert, update, delete on pennylane_sync.quarantine_past to pennylane_runtime;
    end if;
end
$$;
