-- Comparisons of the warehouse with an independent source: what was compared, and with what result.

create table pennylane_sync.audit (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('share', 'trial-balance', 'fec', 'reread')),
    company_id bigint not null,
    stream text not null,
    -- The part that was compared, such as a month; empty: the whole.
    part text not null default '',
    outcome text not null check (outcome in ('EQUAL', 'DIFFERENT', 'REPAIRED', 'SKIPPED')),
    source_rows bigint not null,
    warehouse_rows bigint not null,
    differing bigint not null default 0,
    -- In the source and not in the warehouse, and the other way round.
    missing bigint not null default 0,
    surplus bigint not null default 0,
    -- Why it was skipped, or what else there is to know; ids and counts only.
    note text not null default '',
    audited_at timestamptz not null default now()
);
create index audit_of_stream on pennylane_sync.audit (company_id, stream, kind, id);
