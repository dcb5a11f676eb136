-- A rule is tried for the records that were landed since it was tried last; once a day, and the first time, for all.
alter table pennylane_sync.books_check
    add column rules text[] not null default '{}',
    add column whole_at timestamptz not null default '-infinity';
