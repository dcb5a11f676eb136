-- The digest that the data sharing had of each month when a sweep last compared it, by stream that only the share has: so an audit can tell
-- what the share changed since from what is wrong here.
create table pennylane_sync.share_month (
    company_id bigint not null,
    stream text not null,
    month text not null,
    digest text not null,
    looked_at timestamptz not null default now(),
    primary key (company_id, stream, month)
);

-- Rows that the API has and the share leaves out for a reason that somebody knows: an audit does not tell of them any more.
create table pennylane_sync.share_left_out (
    company_id bigint not null,
    stream text not null,
    record_id bigint not null,
    acknowledged_at timestamptz not null default now(),
    primary key (company_id, stream, record_id)
);

-- The share has moved since the last sweep, and what is here is what it had then.
alter table pennylane_sync.audit drop constraint audit_outcome_check;
alter table pennylane_sync.audit add constraint audit_outcome_check
    check (outcome in ('EQUAL', 'DIFFERENT', 'REPAIRED', 'SKIPPED', 'FAILED', 'STALE'));
