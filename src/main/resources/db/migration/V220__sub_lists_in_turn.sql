-- The sub-list of the same record that is read first: where that one shows what the record's event was for, this one is not asked for.
alter table pennylane_sync.due add column waits_for text;
create index due_waiting on pennylane_sync.due (company_id, id) where waits_for is not null;
