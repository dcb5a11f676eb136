-- When its turn is among what is due: what changed first (infinity), then sub-lists by the date of the record that they belong to, newest first. Null: not said yet.
alter table pennylane_sync.due add column turn date;
-- The record is older than streams.<stream>.since: it is not read, and no longer left out once the setting allows it.
alter table pennylane_sync.due add column left_out boolean not null default false;
create index due_turn on pennylane_sync.due (company_id, stream, turn desc, id desc) where not left_out;

-- The date of the record: the newest files come first. Null: it has none, or was noted before there was an order.
alter table pennylane_sync.file add column turn date;
alter table pennylane_sync.file add column left_out boolean not null default false;
drop index pennylane_sync.file_due;
create index file_due on pennylane_sync.file (company_id, stream, attempts, turn desc nulls last, parent_id desc, record_id desc, field)
    where state = 'PENDING' and not left_out;

-- The value of streams.<stream>.since by which the due list says what is left out.
alter table pennylane_sync.stream_state add column since date;
