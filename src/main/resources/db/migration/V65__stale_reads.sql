-- Records that an event says to be newer than what was read for it so far: they are asked for again, later and later.
create table pennylane_sync.stale_read (
    company_id bigint not null,
    stream text not null,
    id bigint not null,
    -- The record's updated_at as the newest event gives it.
    changed_at timestamptz not null,
    -- The readings that were older than that.
    attempts integer not null default 0,
    -- Null until the record was read once; it is due then, or was.
    ask_again_at timestamptz,
    primary key (company_id, stream, id)
);
