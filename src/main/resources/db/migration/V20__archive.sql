-- Files: what is to be fetched, what is archived, what could not be. One open row at most per file field of a record, and one row per
-- content that was ever archived of it. A file's URL is never here: it is asked for anew, right before the download.

create table pennylane_sync.file (
    id bigint generated always as identity primary key,
    company_id bigint not null,
    stream text not null,
    -- 0 where the stream is no child.
    parent_id bigint not null,
    record_id bigint not null,
    -- Path of the field in the record, as the stream file declares it.
    field text not null,
    file_name text,
    state text not null check (state in ('PENDING', 'ARCHIVED', 'FAILED', 'QUARANTINED')),
    -- The batch that last said there is a file to fetch.
    batch_id bigint not null,
    noted_at timestamptz not null default now(),
    attempts integer not null default 0,
    -- Not before this; null: now.
    next_attempt_at timestamptz,
    -- Why the last attempt brought nothing.
    error_code text,
    object_key text,
    size bigint,
    sha256 bytea,
    content_type text,
    -- Year of the record's date; 0 where it has none.
    record_year integer,
    -- For a PDF, whether it opens without repair.
    strict boolean,
    archived_at timestamptz,
    -- When a download last brought this very content; of several contents of a field the newest is the current one.
    confirmed_at timestamptz,
    check ((state = 'ARCHIVED') = (sha256 is not null)),
    check (sha256 is null or (object_key is not null and size is not null and content_type is not null and record_year is not null
        and archived_at is not null and confirmed_at is not null))
);
create unique index file_open on pennylane_sync.file (company_id, stream, parent_id, record_id, field) where state <> 'ARCHIVED';
create unique index file_content on pennylane_sync.file (company_id, stream, parent_id, record_id, field, sha256) where state = 'ARCHIVED';
create index file_due on pennylane_sync.file (company_id, stream, attempts, parent_id, record_id, field) where state = 'PENDING';
create index file_object on pennylane_sync.file (company_id, object_key) where state = 'ARCHIVED';
