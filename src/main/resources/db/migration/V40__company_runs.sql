-- When each company was last synced: what a start goes by, since schedules kept in memory know nothing of the time before it.

create table pennylane_sync.company_run (
    company_id bigint primary key,
    -- The process that began it.
    node text not null,
    begun_at timestamptz not null,
    -- Null while it is under way, and for ever if its process died: the company is then due at once.
    ended_at timestamptz
);
