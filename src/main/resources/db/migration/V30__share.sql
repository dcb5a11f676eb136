-- The data sharing: which companies its login sees, what its tables look like, how its ids compare with the API's, and which partitions
-- were read with which digest.

alter table pennylane_sync.stream_state
    add column history_source text not null default 'api' check (history_source in ('api', 'share'));

create table pennylane_sync.share_company (
    company_id bigint primary key,
    first_seen_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    -- The login does not see it any more: lost rights, which look exactly like deletion.
    lost_at timestamptz
);

create table pennylane_sync.share_table (
    table_name text primary key,
    -- Column to type, as the driver tells them.
    columns jsonb not null,
    first_seen_at timestamptz not null default now(),
    changed_at timestamptz
);

create table pennylane_sync.share_match (
    company_id bigint not null,
    stream text not null,
    -- Whether ids of the share and of the API mean the same records; APART: the share's rows have a table of their own.
    verdict text not null check (verdict in ('SAME', 'APART')),
    sampled integer not null,
    found integer not null,
    agreeing integer not null,
    compared_at timestamptz not null default now(),
    primary key (company_id, stream)
);

create table pennylane_sync.share_partition (
    company_id bigint not null,
    stream text not null,
    -- Its first month; empty: rows without a date, or all rows of a table without one.
    from_month text not null,
    to_month text,
    row_count bigint not null,
    digest text not null,
    -- DIFFERENT: what was landed never was what the share said it holds; set aside.
    state text not null check (state in ('EQUAL', 'DIFFERENT')),
    read_at timestamptz not null default now(),
    primary key (company_id, stream, from_month)
);

-- Redshift has it: one text of SQL computes the digest on both sides.
create function pennylane_sync.strtol(digits text, base integer) returns bigint language sql immutable strict as
    $$ select ('x' || lpad(digits, 16, '0'))::bit(64)::bigint $$;
