-- What operators see: where each stream stands, which batches brought it there, and what was replaced or set aside.

create table pennylane_sync.stream_state (
    company_id bigint not null,
    stream text not null,
    state text not null check (state in ('NEW', 'HISTORY', 'CATCH_UP', 'LIVE', 'GAP')),
    -- The API's clock before the first read of the current history; the changelog is replayed from here.
    history_began_at timestamptz,
    -- The same moment by our own clock.
    history_noted_at timestamptz,
    -- The chain hash of the newest batch: a ledger that lost its end shows.
    chain_head bytea,
    -- When a complete walk last ended, and one that also looked for deletions.
    walked_at timestamptz,
    swept_at timestamptz,
    succeeded_at timestamptz,
    error_code text,
    error_at timestamptz,
    primary key (company_id, stream)
);

create table pennylane_sync.checkpoint (
    company_id bigint not null,
    stream text not null,
    pass text not null,
    -- Counts the times that this pass was begun from its start.
    run bigint not null,
    position jsonb not null,
    -- Compared and set: two writers can never both move it.
    version bigint not null,
    begun_at timestamptz not null,
    moved_at timestamptz not null,
    primary key (company_id, stream, pass)
);

create table pennylane_sync.batch (
    id bigint generated always as identity primary key,
    company_id bigint not null,
    stream text not null,
    pass text not null,
    run bigint not null,
    -- Names the read within the run: the position before it.
    batch_key text not null,
    first_id bigint,
    last_id bigint,
    record_count integer not null,
    changed_count integer not null,
    -- The records in the order of the batch hash; with the versions of the rows they make the hash provable later.
    parent_ids bigint[],
    record_ids bigint[] not null,
    deleted_parent_ids bigint[],
    deleted_ids bigint[] not null,
    batch_hash bytea not null,
    -- SHA-256(chain_hash of the stream's batch before ‖ batch_hash).
    chain_hash bytea not null,
    requests_used integer not null,
    landed_at timestamptz not null default now(),
    unique (company_id, stream, pass, run, batch_key)
);
create index batch_of_stream on pennylane_sync.batch (company_id, stream, id);

create table pennylane_sync.record_version (
    company_id bigint not null,
    stream text not null,
    -- 0 where the stream is no child.
    parent_id bigint not null,
    id bigint not null,
    batch_id bigint not null,
    replaced_by_batch_id bigint not null,
    payload jsonb not null,
    record_hash bytea not null,
    source text not null,
    changed_at timestamptz not null,
    deleted_at timestamptz,
    replaced_at timestamptz not null default now(),
    primary key (company_id, stream, parent_id, id, replaced_by_batch_id)
);

create table pennylane_sync.quarantine (
    id bigint generated always as identity primary key,
    company_id bigint not null,
    stream text not null,
    kind text not null check (kind in ('COLUMN', 'RECORD', 'BATCH', 'FILE')),
    parent_id bigint not null default 0,
    -- The record, where one is meant.
    record_id bigint not null default 0,
    -- The column, position or field, where one is meant.
    subject text not null default '',
    reason text not null,
    first_seen_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    resolved_at timestamptz,
    unique (company_id, stream, kind, parent_id, record_id, subject)
);

-- What must be read although nothing else would: sub-lists of a parent that changed (id is the parent's), and records to ask for again.
create table pennylane_sync.due (
    company_id bigint not null,
    stream text not null,
    id bigint not null,
    -- The batch that made it due; a newer one may arrive while the old one is being worked off.
    batch_id bigint not null,
    -- The source's last word was that the record is gone, or a complete list did not hold it: absence then needs no further question.
    gone boolean not null default false,
    primary key (company_id, stream, id)
);

-- Changelog events within the overlap that is read again each time: what is here needs no second refresh.
create table pennylane_sync.seen_event (
    company_id bigint not null,
    feed text not null,
    processed_at timestamptz not null,
    id bigint not null,
    operation text not null,
    primary key (company_id, feed, processed_at, id, operation)
);

-- Batches that replaced records of which other streams hold copies. Which records hold one is asked when all streams of the company have
-- ended: a page that was read before the change may land after it.
create table pennylane_sync.stale_copy (
    company_id bigint not null,
    stream text not null,
    batch_id bigint not null,
    primary key (company_id, stream, batch_id)
);
