-- The exports of the ledger that the archive has: of which state of the books. The objects stand in pennylane_sync.file.
create table pennylane_sync.ledger_export (
    company_id bigint not null,
    kind text not null,
    first_day date not null,
    last_day date not null,
    -- SHA-256 over the hashes of the period's ledger lines, their accounts and journals.
    books_hash bytea not null,
    -- The newest batch of the books by which they were found as in the export, or empty; 0 before the first.
    change_id bigint not null,
    -- Null where there was no line to ask for.
    asked_at timestamptz,
    archived_at timestamptz,
    primary key (company_id, kind, first_day, last_day)
);

-- Where docs/roles.sql was run already, the new table is as it would make it.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select, insert, update, delete on pennylane_sync.ledger_export to pennylane_runtime;
    end if;
end
$$;
