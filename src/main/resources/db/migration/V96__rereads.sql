-- Records that were asked for again, chosen at random, to see whether they are still as they were landed. Of a child stream the id is the
-- parent's, and the hash is over the hashes of its rows.
create table pennylane_sync.reread (
    company_id bigint not null,
    stream text not null,
    id bigint not null,
    record_hash bytea not null,
    asked_at timestamptz not null default now(),
    primary key (company_id, stream, id)
);

-- How far each stream was reread: the hour up to which the records of every hour were asked for.
create table pennylane_sync.reread_progress (
    company_id bigint not null,
    stream text not null,
    hour bigint not null,
    primary key (company_id, stream)
);

-- What differed although no event of a changelog had announced it: the measure of how complete the changelogs are.
create table pennylane_sync.missed (
    id bigint generated always as identity primary key,
    company_id bigint not null,
    stream text not null,
    -- Of a child stream the parent's.
    record_id bigint not null,
    -- The audit that found it.
    found_by text not null,
    found_at timestamptz not null default now()
);
create index missed_of_stream on pennylane_sync.missed (company_id, stream);
