-- Records of streams with a changelog that a list, or a question of our own, showed changed, and that no event has announced so far. An event
-- that comes takes its record out; what is left once the changelog was read later is missed.
create table pennylane_sync.unannounced (
    company_id bigint not null,
    stream text not null,
    -- Of a child stream the parent's.
    record_id bigint not null,
    -- What found it.
    found_by text not null,
    found_at timestamptz not null default now(),
    primary key (company_id, stream, record_id)
);
