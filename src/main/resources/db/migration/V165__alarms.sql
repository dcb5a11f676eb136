-- What somebody should know of, from its start to its end, and whether it was told. Ids, counts and codes only.
create table pennylane_sync.alarm (
    id bigint generated always as identity primary key,
    code text not null check (code ~ '^[A-Z][A-Z0-9_]+$'),
    company_id bigint,
    stream text,
    -- What else tells it from others of its code, such as a file of the routes.
    part text not null default '',
    started_at timestamptz not null,
    -- Null while it is open.
    ended_at timestamptz,
    reason text not null,
    remedy text not null,
    sent_started_at timestamptz,
    sent_ended_at timestamptz,
    -- How often it was tried in vain to tell the start, or the end.
    attempts integer not null default 0,
    -- Before that nobody tries: a node that tells of it moves this ahead, so that no other does so too.
    next_attempt_at timestamptz not null default now(),
    check (ended_at is null or ended_at >= started_at)
);
create unique index alarm_open on pennylane_sync.alarm (code, (coalesce(company_id, 0)), (coalesce(stream, '')), part) where ended_at is null;
create index alarm_unsent on pennylane_sync.alarm (id) where sent_started_at is null or (ended_at is not null and sent_ended_at is null);
create index alarm_started on pennylane_sync.alarm (started_at);

-- What only one node can see, such as its token directory. A node that says no more counts no more.
create table pennylane_sync.alarm_sighting (
    node text not null,
    code text not null,
    company_id bigint,
    stream text,
    part text not null,
    since timestamptz,
    reason text not null,
    remedy text not null,
    seen_at timestamptz not null default now()
);
create index alarm_sighting_node on pennylane_sync.alarm_sighting (node);

-- Whose turn it is to start and end alarms: what was looked at in an older round is not kept any more.
create table pennylane_sync.alarm_round (
    single boolean primary key default true check (single),
    number bigint not null,
    begun_at timestamptz not null
);
insert into pennylane_sync.alarm_round (number, begun_at) values (0, '-infinity');

-- Audits that came to no result are looked for again and again, and are few.
create index audit_failed on pennylane_sync.audit (company_id, stream, kind, id) where outcome = 'FAILED';
