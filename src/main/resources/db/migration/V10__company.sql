-- Which companies there are, which token file answers for each, and whether it may be read now.

create table pennylane_sync.company (
    id bigint primary key check (id > 0),
    -- The stem of the token file. Pinned: a token of another company under the same alias is refused.
    alias text not null unique check (alias ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name text not null,
    registration_number text not null,
    paused_by text check (paused_by in ('OPERATOR', 'TOKEN_REMOVED')),
    refused_code text,
    refused_at timestamptz,
    -- A pause says more than a refusal: an operator knows of it.
    state text not null generated always as (
        case when paused_by is not null then 'PAUSED' when refused_code is not null then 'REFUSED' else 'ACTIVE' end
    ) stored,
    scopes text[] not null,
    -- SHA-256 of the salt and the token: tells that a token changed, and nothing else about it.
    token_salt bytea not null,
    token_fingerprint bytea not null,
    pinned_at timestamptz not null,
    verified_at timestamptz not null,
    check ((refused_code is null) = (refused_at is null))
);
