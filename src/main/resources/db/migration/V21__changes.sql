-- Several events may say the same of the same instant, where a clock is coarse: they are told apart by their order. What was seen before
-- is the first of its kind.
alter table pennylane_sync.seen_event add column occurrence integer not null default 1;
alter table pennylane_sync.seen_event drop constraint seen_event_pkey;
alter table pennylane_sync.seen_event add primary key (company_id, feed, processed_at, id, operation, occurrence);

-- The scope that the company's token lacks for this stream; null: none. Told once, however often the runtime starts.
alter table pennylane_sync.stream_state add column not_permitted_scope text;

-- A sweep that was stopped is a case of its own: it is retried and confirmed otherwise than a batch.
alter table pennylane_sync.quarantine drop constraint quarantine_kind_check;
update pennylane_sync.quarantine set kind = 'SWEEP', subject = '' where kind = 'BATCH' and subject = 'sweep';
alter table pennylane_sync.quarantine add constraint quarantine_kind_check check (kind in ('COLUMN', 'RECORD', 'BATCH', 'SWEEP', 'FILE'));
create index quarantine_open on pennylane_sync.quarantine (company_id, stream, kind) where resolved_at is null;
