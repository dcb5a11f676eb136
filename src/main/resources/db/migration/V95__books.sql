-- What the books themselves contradict, as it was found last: one row for each record that is named, until it agrees again.
create table pennylane_sync.books_finding (
    company_id bigint not null,
    rule text not null,
    stream text not null,
    record_id bigint not null,
    found_at timestamptz not null default now(),
    -- When its records were asked for again because of it.
    asked_at timestamptz not null default now(),
    -- When it was told, since it was there all the same afterwards; null: not yet.
    told_at timestamptz,
    primary key (company_id, rule, record_id)
);

-- The newest batch that the rules were tried behind: books in which nothing was landed since need no second look.
create table pennylane_sync.books_check (
    company_id bigint primary key,
    batch_id bigint not null,
    checked_at timestamptz not null
);

alter table pennylane_sync.audit drop constraint audit_kind_check;
alter table pennylane_sync.audit add constraint audit_kind_check
    check (kind in ('share', 'trial-balance', 'fec', 'reread', 'books'));
