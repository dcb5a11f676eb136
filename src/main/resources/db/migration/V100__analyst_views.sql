-- The views for analysts that this program made, so that it replaces its own alone, and only where their text changed.

create table pennylane_sync.analyst_view (
    name text primary key,
    -- Of the script that made it.
    script_sha256 bytea not null
);
