-- Rows that were deleted, or are asked for alone, because a whole reading of their list did not hold them. The guard of sweeps counts those
-- of a week together, so that what it would not let go at once does not go bit by bit.
create table pennylane_sync.inferred_deletion (
    id bigint generated always as identity primary key,
    company_id bigint not null,
    stream text not null,
    record_ids bigint[] not null,
    decided_at timestamptz not null default now()
);
create index inferred_deletion_of_stream on pennylane_sync.inferred_deletion (company_id, stream, decided_at);
