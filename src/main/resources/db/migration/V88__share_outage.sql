-- Since when the data sharing has given no answer, over restarts; no row while it answers. After a while histories are read from the API.
create table pennylane_sync.share_outage (
    only_one boolean primary key default true check (only_one),
    began_at timestamptz not null default now()
);
