-- When each company was audited by schedule: a moment of audit.cron is claimed by one node, once.
create table pennylane_sync.audit_run (
    company_id bigint primary key,
    -- The next audit is due at the first moment of the schedule after this.
    planned_at timestamptz not null default now(),
    begun_at timestamptz,
    ended_at timestamptz
);

-- The newest results of each kind are looked for again and again.
create index audit_newest on pennylane_sync.audit (company_id, kind, stream, audited_at);
