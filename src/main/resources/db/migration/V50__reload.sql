-- What each node thinks of its routes directory: for `status`, which runs in a process of its own.

create table pennylane_sync.reload (
    node text primary key,
    loaded_at timestamptz not null,
    refused_at timestamptz,
    -- One line each: file, line, rule, remedy.
    faults text[] not null,
    seen_at timestamptz not null,
    check ((refused_at is null) = (cardinality(faults) = 0))
);
