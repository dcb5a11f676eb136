-- How many events alone made a record due; 0: something else did too, and nobody knows then what changed with it.
alter table pennylane_sync.due add column events integer not null default 0;

-- Sub-lists that were not asked for, because something else says what they hold. What is watched was asked for all the same.
create table pennylane_sync.proven_sub_list (
    company_id bigint not null,
    stream text not null,
    parent_id bigint not null,
    proof text not null check (proof in ('filter', 'unchanged', 'derived')),
    watched boolean not null,
    -- What the proof says of a sub-list that is watched: its ids and record hashes, nothing where it is empty; null: as it was.
    expected text,
    proven_at timestamptz not null default now(),
    primary key (company_id, stream, parent_id)
);

-- What is known of each proof: how often it agreed with what was asked for, and since when it is no longer trusted.
create table pennylane_sync.sub_list_proof (
    company_id bigint not null,
    stream text not null,
    proof text not null check (proof in ('filter', 'unchanged', 'derived')),
    agreed bigint not null default 0,
    -- Pennylane refused the question: it is put again after a week.
    refused_at timestamptz,
    -- A sub-list held something else than the proof said: it is not used any more.
    contradicted_at timestamptz,
    contradicted_parent_id bigint,
    primary key (company_id, stream, proof)
);

-- Rows that were read from the other side of their relation say so.
do $$
begin
    if to_regclass('pennylane.transactions_matched_invoices') is not null then
        alter table pennylane.transactions_matched_invoices
            drop constraint if exists transactions_matched_invoices_source_check;
        alter table pennylane.transactions_matched_invoices add constraint transactions_matched_invoices_source_check
            check (source in ('api', 'share', 'derived'));
    end if;
end $$;
