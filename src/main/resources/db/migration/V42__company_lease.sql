-- Which process reads a company now, or did last. The lease itself is a lock of that process's connection, which ends with it whatever
-- happens; this row tells who it was, and until when its requests may count at Pennylane.

create table pennylane_sync.company_lease (
    company_id bigint primary key,
    node text not null,
    acquired_at timestamptz not null,
    -- Null while it is held, and if its process died with it.
    released_at timestamptz
);
